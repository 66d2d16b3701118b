/* schema: the schema as clients see it, put together from schema/*.graphql for checking documents. */

import { join } from "node:path";
import {
    buildASTSchema,
    type DocumentNode,
    type FieldDefinitionNode,
    type GraphQLSchema,
    Kind,
    parse,
    type TypeNode,
    visit,
} from "graphql";
import { filesIn, repository, textOf } from "./files.ts";

function nameOf(type: TypeNode): string {
    return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** The types and arguments that the server makes for a field whose type is a connection. */
function connections(names: Set<string>): string {
    const page = `type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }`;
    const types = [...names].map(name => {
        const node = name.replace(/Connection$/, "");
        return `type ${name} { nodes: [${node}!]! edges: [${node}Edge!]! pageInfo: PageInfo! totalCount: Int! }
                type ${node}Edge { cursor: String! node: ${node}! }`;
    });
    return [page, ...types].join("\n");
}

const pageArguments = parse(
    "type T { f(first: Int, after: String, last: Int, before: String): Int }",
).definitions.flatMap(definition =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (definition.fields?.[0]?.arguments ?? [])
        : [],
);

function publicDocument(document: DocumentNode, found: Set<string>): DocumentNode {
    return visit(document, {
        DirectiveDefinition: () => null,
        Directive: () => null,
        FieldDefinition: {
            leave(field: FieldDefinitionNode) {
                const name = nameOf(field.type);
                if (!name.endsWith("Connection")) return undefined;
                found.add(name);
                return { ...field, arguments: [...(field.arguments ?? []), ...pageArguments] };
            },
        },
    });
}

export function publicSchema(): GraphQLSchema {
    const found = new Set<string>();
    const definitions = filesIn(join(repository, "schema"), ".graphql").flatMap(
        file => publicDocument(parse(textOf(file)), found).definitions,
    );
    const made = parse(connections(found)).definitions;
    return buildASTSchema({ kind: Kind.DOCUMENT, definitions: [...definitions, ...made] });
}
