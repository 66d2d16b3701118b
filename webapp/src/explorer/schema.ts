/* schema: what the API offers this viewer, as its introspection tells it. */

import {
    buildClientSchema,
    type GraphQLSchema,
    getIntrospectionQuery,
    type IntrospectionQuery,
} from "graphql";
import { failureOf, RequestFailed } from "../core/failure.ts";
import { bodyOf } from "../core/http.ts";
import { isThing } from "../core/path.ts";
import type { Session } from "../core/session.ts";
import { send } from "./send.ts";

/* Lists of lists of what must be there are five wrappers; more than that no schema of ours has, and the
 * server does not answer documents as deep as graphql-js would ask. */
const wrappers = 5;

const question = getIntrospectionQuery({
    inputValueDeprecation: true,
    oneOf: true,
    schemaDescription: true,
    specifiedByUrl: true,
    typeDepth: wrappers,
});

export function schemaOf(data: unknown): GraphQLSchema {
    return buildClientSchema(data as IntrospectionQuery);
}

/** Throws RequestFailed. */
export async function readSchema(session: Session): Promise<GraphQLSchema> {
    const request = { document: question, variables: undefined, operationName: undefined };
    const { response, text } = await send(session, request);
    const answer = bodyOf(text);
    if (!response.ok) throw new RequestFailed(failureOf(response, answer));
    if (!isThing(answer) || !isThing(answer.data))
        throw new RequestFailed({ kind: "broken", message: "" });
    return schemaOf(answer.data);
}
