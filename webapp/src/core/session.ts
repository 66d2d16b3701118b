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

/** Calls `onStanding` at each change, and tells the browser's other windows of sign-outs. */
class BrowserSession implements Session {
    #token: string | null = null;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #renewing: Promise<boolean> | undefined;
    readonly #others = new BroadcastChannel("dossier-session");
    readonly #onStanding: (standing: Standing) => void;

    constructor(onStanding: (standing: Standing) => void) {
        this.#onStanding = onStanding;
        this.#others.onmessage = ({ data }) => {
            if (data === "signed-out" && this.#token !== null)
                this.#forget({ state: "out", why: "elsewhere" });
        };
    }

    token(): string | null {
        return this.#token;
    }

    async start(): Promise<void> {
        try {
            if (await this.#refreshOnce()) this.#onStanding({ state: "in" });
            else this.#forget({ state: "out", why: "never" });
        } catch (thrown) {
            this.#forget({ state: "unreachable", failure: failureOfThrown(thrown) });
        }
    }

    async signIn(username: string, password: string): Promise<void> {
        const { body } = await post({ path: "/auth/login", body: { username, password } });
        this.#accept(grantOf(body));
        this.#onStanding({ state: "in" });
    }

    async signOut(): Promise<void> {
        this.#forget({ state: "out", why: "asked" });
        this.#others.postMessage("signed-out");
        await post({ path: "/auth/logout" });
    }

    async renew(refused: string): Promise<boolean> {
        if (this.#token !== null && this.#token !== refused) return true; // renewed already
        if (await this.#refreshOnce()) return true;
        this.#forget({ state: "out", why: "ended" });
        return false;
    }

    #forget(standing: Standing): void {
        this.#token = null;
        clearTimeout(this.#timer);
        this.#onStanding(standing);
    }

    #accept(grant: Grant): void {
        this.#token = grant.token;
        this.#renewIn(Math.max(grant.expiresIn_s - refreshAhead_s, shortest_s));
    }

    #renewIn(seconds: number): void {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#renewInBackground(), seconds * 1000);
    }

    async #renewInBackground(): Promise<void> {
        try {
            if (!(await this.#refreshOnce())) this.#forget({ state: "out", why: "ended" });
        } catch {
            // Not reachable right now: the token may still be good, and the next request will find out.
            this.#renewIn(shortest_s);
        }
    }

    /** Many requests may find their token refused at once: the cookie is turned only once for all of them. */
    #refreshOnce(): Promise<boolean> {
        this.#renewing ??= this.#refresh().finally(() => {
            this.#renewing = undefined;
        });
        return this.#renewing;
    }

    async #refresh(): Promise<boolean> {
        try {
            this.#accept(grantOf((await post({ path: "/auth/refresh" })).body));
            return true;
        } catch (thrown) {
            const { kind } = failureOfThrown(thrown);
            if (kind === "unauthenticated" || kind === "forbidden") return false;
            throw thrown;
        }
    }
}

export function openSession(onStanding: (standing: Standing) => void): Session {
    return new BrowserSession(onStanding);
}
