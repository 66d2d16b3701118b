/* http: one JSON request with a time limit; everything the app sends goes through here. */

import { failureOf, failureOfThrown, RequestFailed } from "./failure.ts";

export interface Request {
    path: string;
    body?: unknown;
    token?: string;
    accept?: string;
    signal?: AbortSignal | undefined;
}

export interface Reply {
    status: number;
    body: unknown;
}

export interface Exchange {
    response: Response;
    text: string;
}

const limit_ms = 15_000;
/** Files may be long, and come piece by piece. */
const file_limit_ms = 600_000;

export function isAborted(thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === "AbortError";
}

function headersOf(request: Request): Record<string, string> {
    return {
        "content-type": "application/json",
        accept: request.accept ?? "application/json",
        ...(request.token !== undefined && { authorization: `Bearer ${request.token}` }),
    };
}

/** The JSON of a text; null when it is none. */
export function bodyOf(text: string): unknown {
    if (text === "") return null;
    try {
        return JSON.parse(text);
    } catch {
        // A proxy's page in place of an answer: the status tells what is to be told.
        return null;
    }
}

/** Throws RequestFailed when nothing came, AbortError when the caller gave up. */
async function send<T>(
    request: Request,
    init: RequestInit,
    read: (response: Response) => Promise<T>,
    most_ms = limit_ms,
): Promise<T> {
    const timeout = AbortSignal.timeout(most_ms);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
        const response = await fetch(request.path, {
            credentials: "same-origin",
            cache: "no-store",
            redirect: "error",
            signal,
            ...init,
        });
        return await read(response);
    } catch (thrown) {
        if (isAborted(thrown)) throw thrown;
        throw new RequestFailed(failureOfThrown(thrown));
    }
}

function posting(request: Request): RequestInit {
    return {
        method: "POST",
        headers: headersOf(request),
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    };
}

/** Gives what came, whatever its status; throws RequestFailed when nothing did, AbortError when the caller gave up. */
export function exchange(request: Request): Promise<Exchange> {
    const read = async (response: Response) => ({ response, text: await response.text() });
    return send(request, posting(request), read);
}

export interface Bytes {
    response: Response;
    blob: Blob;
}

const bytesOf = async (response: Response): Promise<Bytes> => ({
    response,
    blob: await response.blob(),
});

/** The same of a file. */
export function exchangeBytes(request: Request): Promise<Bytes> {
    const headers = { authorization: `Bearer ${request.token ?? ""}` };
    return send(request, { headers }, bytesOf);
}

/** The same of a file that is made for what is posted. */
export function exchangeFile(request: Request): Promise<Bytes> {
    return send(request, posting(request), bytesOf, file_limit_ms);
}

/** Gives the reply of a request that succeeded; throws RequestFailed, or AbortError when the caller gave up. */
export async function post(request: Request): Promise<Reply> {
    const { response, text } = await exchange(request);
    const body = bodyOf(text);
    if (!response.ok) throw new RequestFailed(failureOf(response, body));
    return { status: response.status, body };
}
