/* variables-editor: what makes an editor one for variables: JSON, checked against what the operation declares. */

import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { syntaxTree } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { type EditorState, type Extension, StateEffect } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { GraphQLSchema, OperationDefinitionNode } from "graphql";
import { print } from "graphql";
import { variableProblems, variablesOf } from "./check.ts";
import type { Words } from "./words/index.ts";

type Operation = () => OperationDefinitionNode | undefined;

const changed = StateEffect.define();

function needsRefresh({ transactions }: ViewUpdate): boolean {
    return transactions.some(({ effects }) => effects.some(effect => effect.is(changed)));
}

/** To be said when the operation is another, or declares other variables. */
export function operationChanged(view: EditorView): void {
    view.dispatch({ effects: changed.of(null) });
}

/** Where the names of the outermost object stand. */
function places(state: EditorState): Map<string, { from: number; to: number }> {
    const found = new Map<string, { from: number; to: number }>();
    const outermost = syntaxTree(state).topNode.getChild("Object");
    for (const property of outermost?.getChildren("Property") ?? []) {
        const name = property.getChild("PropertyName");
        if (name === null) continue;
        const { from, to } = name;
        found.set(state.sliceDoc(from + 1, to - 1), { from, to });
    }
    return found;
}

function diagnose(
    view: EditorView,
    schema: GraphQLSchema,
    operation: Operation,
    words: Words,
): Diagnostic[] {
    const text = view.state.doc.toString();
    const { values, problem } = variablesOf(text);
    if (problem === "not JSON") return jsonParseLinter()(view);
    if (problem === "not an object")
        return [{ from: 0, to: text.length, severity: "error", message: words.variablesNoObject }];
    const asked = operation();
    if (asked === undefined) return [];
    const known = places(view.state);
    const end = { from: 0, to: Math.min(1, text.length) };
    return variableProblems(schema, asked, values ?? {}, words.variableUnused).map(
        ({ name, severity, message }) => ({ ...(known.get(name) ?? end), severity, message }),
    );
}

/** The names of declared variables, where a name is expected. */
function complete(operation: Operation) {
    return (context: CompletionContext) => {
        const before = context.matchBefore(/[{,]\s*"\w*/);
        if (before === null) return null;
        const quote = before.text.lastIndexOf('"');
        const definitions = operation()?.variableDefinitions ?? [];
        const closed = context.state.sliceDoc(context.pos, context.pos + 1) === '"';
        return {
            from: before.from + quote + 1,
            options: definitions.map(({ variable, type }) => ({
                label: variable.name.value,
                detail: print(type),
                apply: closed ? variable.name.value : `${variable.name.value}"`,
            })),
        };
    };
}

export function variablesEditor(
    schema: GraphQLSchema,
    words: Words,
    operation: Operation,
): Extension[] {
    return [
        json(),
        autocompletion({ override: [complete(operation)], icons: false }),
        linter(view => diagnose(view, schema, operation, words), { delay: 300, needsRefresh }),
        lintGutter(),
    ];
}
