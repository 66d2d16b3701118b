/* failure: the ways in which asking the server can go wrong, as few as an agent has to tell apart. */

import { isThing } from "./path.ts";

export type FailureKind =
    | "offline" // no answer at all
    | "timeout" // no answer in time
    | "unavailable" // a part the server needs is down
    | "limited" // too many requests
    | "unauthenticated"
    | "forbidden"
    | "outdated" // the server no longer knows this version of the app
    | "broken"; // anything else: the server's mistake or ours

export interface Failure {
    kind: FailureKind;
    /** What the server said, in its own words; may be empty. */
    message: string;
    retryAfterSeconds?: number;
}

/** Thrown through promises; the only thing that asking the server throws. */
export class RequestFailed extends Error {
    readonly failure: Failure;

    constructor(failure: Failure) {
        super(failure.message || failure.kind);
        this.failure = failure;
    }
}

const kindByCode: Record<string, FailureKind> = {
    UNAUTHENTICATED: "unauthenticated",
    FORBIDDEN: "forbidden",
    RATE_LIMITED: "limited",
    UNAVAILABLE: "unavailable",
    TIMEOUT: "timeout",
    PERSISTED_DOCUMENT_NOT_FOUND: "outdated",
    UNKNOWN_DOCUMENT: "outdated",
};

const kindByStatus: Record<number, FailureKind> = {
    401: "unauthenticated",
    403: "forbidden",
    429: "limited",
    502: "unavailable",
    503: "unavailable",
    504: "timeout",
};

/** Both shapes that the server uses: {error: {code, message}} and {errors: [{message, extensions: {code}}]}. */
function firstError(body: unknown): { code: string; message: string } {
    const none = { code: "", message: "" };
    if (!isThing(body)) return none;
    const found = Array.isArray(body.errors) ? body.errors[0] : body.error;
    if (!isThing(found)) return none;
    const code = isThing(found.extensions) ? found.extensions.code : found.code;
    return {
        code: typeof code === "string" ? code : "",
        message: typeof found.message === "string" ? found.message : "",
    };
}

/** A number of seconds or a date, as the header may say. */
export function retryAfter(header: string | null, now: number): number | undefined {
    if (header === null) return undefined;
    if (/^\d+$/.test(header)) return Math.min(Number(header), 3600);
    const at = Date.parse(header);
    if (Number.isNaN(at)) return undefined;
    return Math.min(Math.max(Math.ceil((at - now) / 1000), 0), 3600);
}

export function failureOf(response: Response, body: unknown): Failure {
    const { code, message } = firstError(body);
    const kind = kindByCode[code] ?? kindByStatus[response.status] ?? "broken";
    const retryAfterSeconds = retryAfter(response.headers.get("retry-after"), Date.now());
    return { kind, message, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

export function failureOfThrown(thrown: unknown): Failure {
    if (thrown instanceof RequestFailed) return thrown.failure;
    const name = thrown instanceof Error ? thrown.name : "";
    if (name === "TimeoutError") return { kind: "timeout", message: "" };
    if (thrown instanceof TypeError) return { kind: "offline", message: "" }; // fetch: no connection
    return { kind: "broken", message: thrown instanceof Error ? thrown.message : "" };
}
