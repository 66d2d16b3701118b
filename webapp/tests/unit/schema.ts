/* schema: the schema as clients see it; the server prints it, and a test of the server keeps the print fresh. */

import { join } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";
import { repository, textOf } from "./files.ts";

export function publicSchema(): GraphQLSchema {
    return buildSchema(textOf(join(repository, "docs", "schema.graphql")));
}
