/* gql: asks the server for trusted documents, known to both sides by the hash of their text. */

import { type Failure, RequestFailed } from "./failure.ts";
import { post, type Reply } from "./http.ts";
import { isThing } from "./path.ts";
import type { Session } from "./session.ts";

/** A document of webapp/documents or one the server composed; Data is what its answer holds. */
export interface Document<Data, Variables> {
    id: string;
    readonly data?: Data;
    readonly variables?: Variables;
}

export interface FieldError {
    message: string;
    code: string;
    path: (string | number)[];
}

export interface Answer<Data> {
    data: Data;
    /** What went wrong in single fields while the rest arrived. */
    errors: FieldError[];
}

export interface Asking {
    session: Session;
    signal?: AbortSignal | undefined;
}

function fieldError(error: unknown): FieldError {
    const known = isThing(error) ? error : {};
    const extensions = isThing(known.extensions) ? known.extensions : {};
    return {
        message: typeof known.message === "string" ? known.message : "",
        code: typeof extensions.code === "string" ? extensions.code : "",
        path: Array.isArray(known.path) ? known.path : [],
    };
}

function answerOf<Data>({ body }: Reply): Answer<Data> {
    const broken: Failure = { kind: "broken", message: "" };
    if (!isThing(body)) throw new RequestFailed(broken);
    const errors = Array.isArray(body.errors) ? body.errors.map(fieldError) : [];
    if (!isThing(body.data)) {
        const first = errors[0];
        const kind = first?.code === "UNAVAILABLE" ? "unavailable" : "broken";
        throw new RequestFailed({ kind, message: first?.message ?? "" });
    }
    return { data: body.data as Data, errors };
}

async function send<Data>(
    token: string,
    id: string,
    variables: unknown,
    signal: AbortSignal | undefined,
): Promise<Answer<Data>> {
    const reply = await post({
        path: "/graphql",
        body: { documentId: id, variables },
        token,
        accept: "application/graphql-response+json, application/json;q=0.9",
        signal,
    });
    return answerOf(reply);
}

/** Sends with the viewer's token; a refused one is renewed and the request sent again, once. */
export async function withToken<T>(
    session: Session,
    sendWith: (token: string) => Promise<T>,
): Promise<T> {
    const refused: Failure = { kind: "unauthenticated", message: "" };
    const token = session.token();
    if (token === null) throw new RequestFailed(refused);
    try {
        return await sendWith(token);
    } catch (thrown) {
        const failure = thrown instanceof RequestFailed ? thrown.failure : undefined;
        if (failure?.kind !== "unauthenticated" || !(await session.renew(token))) throw thrown;
        const renewed = session.token();
        if (renewed === null) throw new RequestFailed(refused);
        return sendWith(renewed);
    }
}

/** Throws RequestFailed. */
export function ask<Data, Variables>(
    { session, signal }: Asking,
    document: Document<Data, Variables>,
    variables: Variables,
): Promise<Answer<Data>> {
    return withToken(session, token => send(token, document.id, variables, signal));
}
