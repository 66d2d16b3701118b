/* send: documents of the viewer's own making on their way to the API, and what came of them. */

import { failureOf, RequestFailed } from "../core/failure.ts";
import { withToken } from "../core/gql.ts";
import { bodyOf, type Exchange, exchange } from "../core/http.ts";
import { isThing } from "../core/path.ts";
import type { Session } from "../core/session.ts";

export const path = "/graphql";
export const accept = "application/graphql-response+json";

export interface Asked {
    document: string;
    variables: Record<string, unknown> | undefined;
    operationName: string | undefined;
}

export interface Place {
    line: number;
    column: number;
}

export interface AnsweredError {
    message: string;
    code: string;
    path: string;
    places: Place[];
}

export interface Outcome {
    status: number;
    milliseconds: number;
    bytes: number;
    /** The answer, laid out for reading. */
    text: string;
    errors: AnsweredError[];
}

export function bodyFor({ document, variables, operationName }: Asked): Record<string, unknown> {
    return {
        query: document,
        ...(variables !== undefined && { variables }),
        ...(operationName !== undefined && { operationName }),
    };
}

/** Gives what came, whatever its status, but for a session that has ended: throws RequestFailed then. */
export function send(session: Session, asked: Asked, signal?: AbortSignal): Promise<Exchange> {
    return withToken(session, async token => {
        const answer = await exchange({ path, body: bodyFor(asked), token, accept, signal });
        if (answer.response.status === 401)
            throw new RequestFailed(failureOf(answer.response, bodyOf(answer.text)));
        return answer;
    });
}

function placeOf(value: unknown): Place[] {
    if (!isThing(value)) return [];
    const { line, column } = value;
    return typeof line === "number" && typeof column === "number" ? [{ line, column }] : [];
}

function errorOf(value: unknown): AnsweredError {
    const known = isThing(value) ? value : {};
    const extensions = isThing(known.extensions) ? known.extensions : {};
    return {
        message: typeof known.message === "string" ? known.message : "",
        code: typeof extensions.code === "string" ? extensions.code : "",
        path: Array.isArray(known.path) ? known.path.map(String).join(".") : "",
        places: Array.isArray(known.locations) ? known.locations.flatMap(placeOf) : [],
    };
}

export function outcomeOf(status: number, text: string, milliseconds: number): Outcome {
    const answer = bodyOf(text);
    const errors = isThing(answer) && Array.isArray(answer.errors) ? answer.errors : [];
    return {
        status,
        milliseconds,
        bytes: new TextEncoder().encode(text).length,
        text: answer === null ? text : JSON.stringify(answer, null, 2),
        errors: errors.map(errorOf),
    };
}

/** Throws RequestFailed, or AbortError when it was stopped. */
export async function run(session: Session, asked: Asked, signal: AbortSignal): Promise<Outcome> {
    const start = performance.now();
    const { response, text } = await send(session, asked, signal);
    return outcomeOf(response.status, text, performance.now() - start);
}
