/* session: signing in, staying signed in, and asking, against a server that answers as told. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestFailed } from "../../src/core/failure.ts";
import { ask } from "../../src/core/gql.ts";
import { openSession, type Session, type Standing } from "../../src/core/session.ts";

interface Asked {
    path: string;
    headers: Record<string, string>;
    body: unknown;
}

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | Error;

const grant = (token: string): Answer => ({
    status: 200,
    body: { accessToken: token, tokenType: "Bearer", expiresIn: 600 },
});
const refused: Answer = { status: 401, body: { error: { code: "UNAUTHENTICATED", message: "" } } };

let asked: Asked[] = [];
let answers: Record<string, Answer[]> = {};
let standings: Standing[] = [];
let session: Session;

async function answer(path: string, init: RequestInit): Promise<Response> {
    asked.push({
        path,
        headers: init.headers as Record<string, string>,
        body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
    });
    const next = answers[path]?.shift();
    if (next === undefined) throw new Error(`unexpected request of ${path}`);
    if (next instanceof Error) throw next;
    const text = next.body === undefined ? null : JSON.stringify(next.body);
    return new Response(text, { status: next.status, headers: next.headers ?? {} });
}

class Channel {
    static readonly all = new Set<Channel>();
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor() {
        Channel.all.add(this);
    }
    postMessage(data: unknown) {
        for (const other of Channel.all) if (other !== this) other.onmessage?.({ data });
    }
}

const last = () => standings.at(-1);
const document = { id: "sha256:1" };

beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", answer);
    vi.stubGlobal("BroadcastChannel", Channel);
    Channel.all.clear();
    asked = [];
    answers = {};
    standings = [];
    session = openSession(standing => standings.push(standing));
});

afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

describe("starting", () => {
    it("goes on with the session that the cookie holds", async () => {
        answers["/auth/refresh"] = [grant("t1")];
        await session.start();
        expect(last()).toEqual({ state: "in" });
        expect(session.token()).toBe("t1");
        expect(asked[0]?.headers["content-type"]).toBe("application/json");
        expect(asked[0]?.body).toBeUndefined();
    });
    it("asks to sign in when there is none", async () => {
        answers["/auth/refresh"] = [refused];
        await session.start();
        expect(last()).toEqual({ state: "out", why: "never" });
    });
    it("says so when the server cannot be reached, and signs nobody out for it", async () => {
        answers["/auth/refresh"] = [new TypeError("Failed to fetch")];
        await session.start();
        expect(last()).toMatchObject({ state: "unreachable", failure: { kind: "offline" } });
    });
    it("does not take an answer for a token that holds none", async () => {
        answers["/auth/refresh"] = [{ status: 200, body: { accessToken: "" } }];
        await session.start();
        expect(last()).toMatchObject({ state: "unreachable", failure: { kind: "broken" } });
    });
});

describe("staying signed in", () => {
    it("renews the token a minute before it expires", async () => {
        answers["/auth/login"] = [grant("t1")];
        answers["/auth/refresh"] = [grant("t2")];
        await session.signIn("agent", "secret");
        expect(asked[0]?.body).toEqual({ username: "agent", password: "secret" });
        await vi.advanceTimersByTimeAsync(539_000);
        expect(session.token()).toBe("t1");
        await vi.advanceTimersByTimeAsync(2_000);
        expect(session.token()).toBe("t2");
    });
    it("tries again when the server is away for a moment", async () => {
        answers["/auth/login"] = [grant("t1")];
        answers["/auth/refresh"] = [{ status: 503 }, grant("t2")];
        await session.signIn("agent", "secret");
        await vi.advanceTimersByTimeAsync(541_000);
        expect(last()).toEqual({ state: "in" });
        await vi.advanceTimersByTimeAsync(5_000);
        expect(session.token()).toBe("t2");
    });
    it("ends when the session has ended", async () => {
        answers["/auth/login"] = [grant("t1")];
        answers["/auth/refresh"] = [refused];
        await session.signIn("agent", "secret");
        await vi.advanceTimersByTimeAsync(541_000);
        expect(last()).toEqual({ state: "out", why: "ended" });
        expect(session.token()).toBeNull();
    });
});

describe("signing out", () => {
    it("forgets the token at once, whatever the server says", async () => {
        answers["/auth/login"] = [grant("t1")];
        answers["/auth/logout"] = [{ status: 503 }];
        await session.signIn("agent", "secret");
        await expect(session.signOut()).rejects.toThrow();
        expect(session.token()).toBeNull();
        expect(last()).toEqual({ state: "out", why: "asked" });
    });
    it("ends the browser's other windows too", async () => {
        const other: Standing[] = [];
        const elsewhere = openSession(standing => other.push(standing));
        answers["/auth/login"] = [grant("t1"), grant("t2")];
        answers["/auth/logout"] = [{ status: 204 }];
        await session.signIn("agent", "secret");
        await elsewhere.signIn("agent", "secret");
        await session.signOut();
        expect(other.at(-1)).toEqual({ state: "out", why: "elsewhere" });
        expect(elsewhere.token()).toBeNull();
    });
});

describe("asking", () => {
    const failure = async (request: Promise<unknown>) => {
        const thrown = await request.then(
            () => null,
            (reason: unknown) => reason,
        );
        return thrown instanceof RequestFailed ? thrown.failure : thrown;
    };
    beforeEach(async () => {
        answers["/auth/login"] = [grant("t1")];
        await session.signIn("agent", "secret");
        asked = [];
    });
    it("sends the document's hash and the token, never a text", async () => {
        answers["/graphql"] = [{ status: 200, body: { data: { a: 1 } } }];
        const { data, errors } = await ask({ session }, document, { x: 1 });
        expect(data).toEqual({ a: 1 });
        expect(errors).toEqual([]);
        expect(asked[0]?.body).toEqual({ documentId: "sha256:1", variables: { x: 1 } });
        expect(asked[0]?.headers.authorization).toBe("Bearer t1");
    });
    it("renews a refused token once and sends the request again", async () => {
        answers["/graphql"] = [refused, { status: 200, body: { data: {} } }];
        answers["/auth/refresh"] = [grant("t2")];
        await ask({ session }, document, {});
        expect(asked.map(({ path }) => path)).toEqual(["/graphql", "/auth/refresh", "/graphql"]);
        expect(asked[2]?.headers.authorization).toBe("Bearer t2");
    });
    it("renews once for many requests refused at once", async () => {
        const data: Answer = { status: 200, body: { data: {} } };
        answers["/graphql"] = [refused, refused, refused, data, data, data];
        answers["/auth/refresh"] = [grant("t2")];
        await Promise.all([1, 2, 3].map(() => ask({ session }, document, {})));
        expect(asked.filter(({ path }) => path === "/auth/refresh")).toHaveLength(1);
    });
    it("gives up after the second refusal and ends the session when it cannot be renewed", async () => {
        answers["/graphql"] = [refused];
        answers["/auth/refresh"] = [refused];
        expect(await failure(ask({ session }, document, {}))).toMatchObject({
            kind: "unauthenticated",
        });
        expect(last()).toEqual({ state: "out", why: "ended" });
    });
    it("keeps the errors of single fields beside the data", async () => {
        const body = {
            data: { customer: { a: null } },
            errors: [{ message: "slow", path: ["customer", "a"], extensions: { code: "TIMEOUT" } }],
        };
        answers["/graphql"] = [{ status: 200, body }];
        const { errors } = await ask({ session }, document, {});
        expect(errors).toEqual([{ message: "slow", code: "TIMEOUT", path: ["customer", "a"] }]);
    });
    const coded = (code: string) => ({ errors: [{ message: "m", extensions: { code } }] });
    it.each<[string, Answer, object]>([
        ["the network is down", new TypeError("Failed to fetch"), { kind: "offline" }],
        [
            "the server is busy",
            { status: 503, headers: { "retry-after": "3" } },
            { kind: "unavailable", retryAfterSeconds: 3 },
        ],
        ["too many requests", { status: 429 }, { kind: "limited" }],
        ["no right", { status: 403 }, { kind: "forbidden" }],
        [
            "C23 the server does not know this version's documents",
            { status: 400, body: coded("PERSISTED_DOCUMENT_NOT_FOUND") },
            { kind: "outdated" },
        ],
        ["an inner mistake", { status: 500, body: coded("INTERNAL") }, { kind: "broken" }],
        ["an error without data", { status: 200, body: coded("X") }, { kind: "broken" }],
        ["an answer that is none", { status: 200, body: [1] }, { kind: "broken" }],
    ])("tells apart: %s", async (_, given, expected) => {
        answers["/graphql"] = [given];
        expect(await failure(ask({ session }, document, {}))).toMatchObject(expected);
    });
});
