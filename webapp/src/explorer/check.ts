/* check: finds in a document and in its variables what the server would refuse, before it is asked. */

import {
    type DocumentNode,
    GraphQLError,
    type GraphQLSchema,
    getVariableValues,
    Kind,
    NoDeprecatedCustomRule,
    type OperationDefinitionNode,
    parse,
    print,
    specifiedRules,
    validate,
} from "graphql";
import { isThing } from "../core/path.ts";

export interface Problem {
    from: number;
    to: number;
    severity: "error" | "warning";
    message: string;
}

/** The document's tree; null while it is being written and cannot be read. */
export function parsed(document: string): DocumentNode | null {
    try {
        return parse(document);
    } catch {
        return null; // problemsOf() tells why
    }
}

/** The end of the word at an offset; at least one character, where there is one. */
export function wordEnd(document: string, from: number): number {
    const word = /^[$@]?\w*/.exec(document.slice(from))?.[0].length ?? 0;
    return Math.min(from + Math.max(word, 1), document.length);
}

/** A name stands for its whole node: a field is underlined, not everything that is asked below it. */
function rangeOf(error: GraphQLError, document: string): { from: number; to: number } {
    const from = Math.min(error.positions?.[0] ?? 0, document.length);
    return { from, to: wordEnd(document, from) };
}

function problem(error: GraphQLError, document: string, severity: Problem["severity"]): Problem {
    return { ...rangeOf(error, document), severity, message: error.message };
}

/** What is only a remark, such as a tab of nothing but comments, is not a mistake yet. */
function isEmpty(document: string): boolean {
    return document.replaceAll(/#[^\n]*/g, "").trim() === "";
}

export function problemsOf(schema: GraphQLSchema, document: string): Problem[] {
    if (isEmpty(document)) return [];
    let tree: DocumentNode;
    try {
        tree = parse(document);
    } catch (thrown) {
        if (!(thrown instanceof GraphQLError)) throw thrown;
        return [problem(thrown, document, "error")];
    }
    const wrong = validate(schema, tree, specifiedRules);
    const old = validate(schema, tree, [NoDeprecatedCustomRule]);
    return [
        ...wrong.map(error => problem(error, document, "error")),
        ...old.map(error => problem(error, document, "warning")),
    ];
}

export function operationsOf(tree: DocumentNode): OperationDefinitionNode[] {
    return tree.definitions.filter(found => found.kind === Kind.OPERATION_DEFINITION);
}

/** The operation that would run: the only one, the one chosen, else the one the cursor is in, else the first. */
export function operationAt(
    tree: DocumentNode,
    cursor: number,
    chosen: string | null,
): OperationDefinitionNode | undefined {
    const all = operationsOf(tree);
    const named = all.find(({ name }) => chosen !== null && name?.value === chosen);
    const around = all.find(({ loc }) => loc && loc.start <= cursor && cursor <= loc.end);
    return named ?? around ?? all[0];
}

export type Variables =
    | { values: Record<string, unknown> | undefined; problem: null }
    | { values: null; problem: "not JSON" | "not an object" };

/** Nothing at all is as good as no variables. */
export function variablesOf(text: string): Variables {
    if (text.trim() === "") return { values: undefined, problem: null };
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return { values: null, problem: "not JSON" };
    }
    if (!isThing(value)) return { values: null, problem: "not an object" };
    return { values: value, problem: null };
}

export interface VariableProblem {
    /** The variable it is about. */
    name: string;
    severity: "error" | "warning";
    message: string;
}

/** What an operation would not take of its variables, and what it has no use for. */
export function variableProblems(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    values: Record<string, unknown>,
    unused: (name: string) => string,
): VariableProblem[] {
    const definitions = operation.variableDefinitions ?? [];
    const known = new Set(definitions.map(({ variable }) => variable.name.value));
    const { errors = [] } = getVariableValues(schema, definitions, values);
    const wrong = errors.map(({ message, nodes }): VariableProblem => {
        const node = nodes?.[0];
        const name = node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : "";
        return { name, severity: "error", message };
    });
    const idle = Object.keys(values).filter(name => !known.has(name));
    return [
        ...wrong,
        ...idle.map(
            (name): VariableProblem => ({ name, severity: "warning", message: unused(name) }),
        ),
    ];
}

/** Laid out anew; null where that would lose something: a remark, or a document that cannot be read. */
export function formatted(document: string): string | null {
    const tree = parsed(document);
    if (tree === null) return null;
    const head = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(document)?.[0] ?? "";
    const rest = document.slice(head.length).replaceAll(/"""[\s\S]*?"""|"(?:\\.|[^"\n])*"/g, "");
    if (rest.includes("#")) return null;
    return `${head.trimEnd()}${head.trim() === "" ? "" : "\n"}${print(tree)}\n`;
}
