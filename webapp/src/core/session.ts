/* session: who is signed in. The access token lives in memory only; the refresh cookie is the server's. */

import { type Failure, failureOfThrown, RequestFailed } from "./failure.ts";
import { post } from "./http.ts";
import { isThing } from "./path.ts";

export type Standing =
    | { state: "starting" }
    | { state: "in" }
    | { state: "out"; why: "never" | "ended" | "asked" | "elsewhere" }
    | { state: "unreachable"; failure: Failure };

export interface Session {
    /** Learns from the refresh cookie who this is. */
    start(): Promise<void>;
    signIn(username: string, password: string): Promise<void>;
    signOut(): Promise<void>;
    /** The token to send; null when nobody is signed in. */
    token(): string | null;
    /** A new token in place of a refused one; false when the session has ended. */
    renew(refused: string): Promise<boolean>;
}

const refreshAhead_s = 60;
const shortest_s = 5;

interface Grant {
    token: string;
    expiresIn_s: number;
}

function grantOf(body: unknown): Grant {
    if (!isThing(body) || typeof body.accessToken !== "string" || body.accessToken === "")
        throw new RequestFailed({ kind: "broken", message: "" });
    const seconds = typeof body.expiresIn === "number" ? body.expiresIn : 600;
    return { token: body.accessToken, expiresIn_s: seconds };
}

/** `onStanding` is called at each change. Sign-outs are told to the browser's other windows. */
export function openSession(onStanding: (standing: Standing) => void): Session {
    let token: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let renewing: Promise<boolean> | undefined;
    const others = new BroadcastChannel("dossier-session");

    function forget(standing: Standing): void {
        token = null;
        clearTimeout(timer);
        onStanding(standing);
    }

    function accept(grant: Grant): void {
        token = grant.token;
        clearTimeout(timer);
        const ahead_s = Math.max(grant.expiresIn_s - refreshAhead_s, shortest_s);
        timer = setTimeout(() => void renewInBackground(), ahead_s * 1000);
    }

    async function refresh(): Promise<boolean> {
        try {
            accept(grantOf((await post({ path: "/auth/refresh" })).body));
            return true;
        } catch (thrown) {
            const failure = failureOfThrown(thrown);
            if (failure.kind === "unauthenticated" || failure.kind === "forbidden") return false;
            throw thrown;
        }
    }

    /** Many requests may find their token refused at once: the cookie is turned only once for all of them. */
    function refreshOnce(): Promise<boolean> {
        renewing ??= refresh().finally(() => {
            renewing = undefined;
        });
        return renewing;
    }

    async function renewInBackground(): Promise<void> {
        try {
            if (!(await refreshOnce())) forget({ state: "out", why: "ended" });
        } catch {
            // Not reachable right now: the token may still be good, and the next request will find out.
            timer = setTimeout(() => void renewInBackground(), shortest_s * 1000);
        }
    }

    others.onmessage = ({ data }) => {
        if (data === "signed-out" && token !== null) forget({ state: "out", why: "elsewhere" });
    };

    return {
        async start() {
            try {
                if (await refreshOnce()) onStanding({ state: "in" });
                else forget({ state: "out", why: "never" });
            } catch (thrown) {
                forget({ state: "unreachable", failure: failureOfThrown(thrown) });
            }
        },
        async signIn(username, password) {
            const { body } = await post({ path: "/auth/login", body: { username, password } });
            accept(grantOf(body));
            onStanding({ state: "in" });
        },
        async signOut() {
            forget({ state: "out", why: "asked" });
            others.postMessage("signed-out");
            await post({ path: "/auth/logout" });
        },
        token: () => token,
        async renew(refused) {
            if (token !== null && token !== refused) return true; // somebody else renewed it already
            if (await refreshOnce()) return true;
            forget({ state: "out", why: "ended" });
            return false;
        },
    };
}
