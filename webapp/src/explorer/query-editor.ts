/* query-editor: what makes an editor one for GraphQL: colours, completion, checks, docs, and the server's errors in place. */

import { autocompletion } from "@codemirror/autocomplete";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import { completion, graphqlLanguageSupport, jump, stateExtensions } from "cm6-graphql";
import { type GraphQLSchema, getNamedType } from "graphql";
import type { Spot } from "./catalogue.ts";
import { problemsOf, wordEnd } from "./check.ts";
import { hoverDocs } from "./hover.ts";
import type { AnsweredError } from "./send.ts";
import type { Words } from "./words/index.ts";

/* ---- errors that the server found ---- */

const blamed = StateEffect.define<Diagnostic[]>();

/** Until the document is changed: after that they may be about what is no longer there. */
const blame = StateField.define<Diagnostic[]>({
    create: () => [],
    update(value, transaction) {
        for (const effect of transaction.effects) if (effect.is(blamed)) return effect.value;
        return transaction.docChanged ? [] : value;
    },
});

function isSaidAlready(
    schema: GraphQLSchema,
    document: string,
    { from, message }: Diagnostic,
): boolean {
    return problemsOf(schema, document).some(
        known => known.from === from && known.message === message,
    );
}

export function showErrors(view: EditorView, schema: GraphQLSchema, errors: AnsweredError[]): void {
    const { doc } = view.state;
    const text = doc.toString();
    const found = errors.flatMap(({ message, places }) =>
        places
            .filter(({ line }) => line >= 1 && line <= doc.lines)
            .map(({ line, column }): Diagnostic => {
                const { from: start, to: end } = doc.line(line);
                const from = Math.min(start + column - 1, end);
                return { from, to: wordEnd(text, from), severity: "error", message };
            }),
    );
    const news = found.filter(diagnostic => !isSaidAlready(schema, text, diagnostic));
    view.dispatch({ effects: blamed.of(news) });
}

export function goTo(view: EditorView, line: number, column: number): void {
    const { doc } = view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = Math.min(from + column - 1, to);
    view.dispatch({ selection: { anchor }, scrollIntoView: true });
    view.focus();
}

function needsRefresh({ transactions }: ViewUpdate): boolean {
    return transactions.some(({ effects }) => effects.some(effect => effect.is(blamed)));
}

/* ---- the editor ---- */

/** What Ctrl and a click on a name lead to. */
function spotOf(
    schema: GraphQLSchema,
    field?: string,
    type?: string,
    parent?: string,
): Spot | null {
    if (field !== undefined && parent !== undefined && !field.startsWith("__"))
        return { kind: "member", type: parent, member: field };
    const named = type === undefined ? undefined : schema.getType(type.replaceAll(/[[\]!]/g, ""));
    return named ? { kind: "type", type: getNamedType(named).name } : null;
}

export function queryEditor(
    schema: GraphQLSchema,
    words: Words,
    onShow: (spot: Spot) => void,
): Extension[] {
    const onShowInDocs = (field?: string, type?: string, parent?: string) => {
        const spot = spotOf(schema, field, type, parent);
        if (spot !== null) onShow(spot);
    };
    return [
        graphqlLanguageSupport(),
        stateExtensions(schema, { onShowInDocs }),
        completion,
        autocompletion({ icons: false }),
        jump,
        blame,
        linter(
            view => [...problemsOf(schema, view.state.doc.toString()), ...view.state.field(blame)],
            { delay: 300, needsRefresh },
        ),
        lintGutter(),
        hoverDocs(schema, words.deprecated),
    ];
}
