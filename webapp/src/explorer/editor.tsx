/* editor: a CodeMirror of its own in a shadow root: there its styles are sheets of the document's making, which the
 * content security policy allows; style elements, which it would make elsewhere, are not. */

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useLayoutEffect, useRef } from "preact/hooks";
import { look } from "./look.ts";
import { typing } from "./typing.ts";

interface Props {
    label: string;
    text: string;
    /** What this editor is about; those that are there at first stay. */
    extensions: Extension[];
    phrases: Record<string, string>;
    readOnly?: boolean;
    onText?: (text: string) => void;
    onCursor?: (at: number) => void;
    onRun?: () => void;
    onView?: (view: EditorView | null) => void;
}

function basics(label: string, readOnly: boolean): Extension[] {
    const attributes = { "aria-label": label, tabindex: "0" };
    if (readOnly)
        return [
            EditorState.readOnly.of(true),
            EditorView.editable.of(false),
            EditorView.contentAttributes.of({
                ...attributes,
                "aria-readonly": "true",
            }),
        ];
    return [
        EditorView.contentAttributes.of(attributes),
        typing,
        history(),
        indentOnInput(),
        closeBrackets(),
        keymap.of([...closeBracketsKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    ];
}

export function Editor(props: Props) {
    const host = useRef<HTMLDivElement>(null);
    const now = useRef(props);
    const shown = useRef<EditorView | null>(null);
    now.current = props;

    useLayoutEffect(() => {
        const { label, text, extensions, phrases, readOnly = false } = now.current;
        const shadow = host.current?.attachShadow({ mode: "open" });
        if (shadow === undefined) return undefined;
        const run = () => {
            now.current.onRun?.();
            return true;
        };
        const state = EditorState.create({
            doc: text,
            extensions: [
                Prec.highest(keymap.of([{ key: "Mod-Enter", run, preventDefault: true }])),
                basics(label, readOnly),
                EditorState.phrases.of(phrases),
                lineNumbers(),
                foldGutter(),
                drawSelection(),
                bracketMatching(),
                search(),
                EditorView.lineWrapping,
                keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
                EditorView.updateListener.of(
                    ({ docChanged, selectionSet, state: { doc, selection } }) => {
                        if (docChanged) now.current.onText?.(doc.toString());
                        if (docChanged || selectionSet) now.current.onCursor?.(selection.main.head);
                    },
                ),
                extensions,
                look,
            ],
        });
        const view = new EditorView({ state, parent: shadow, root: shadow });
        shown.current = view;
        now.current.onView?.(view);
        return () => {
            now.current.onView?.(null);
            view.destroy();
        };
    }, []);

    useLayoutEffect(() => {
        const view = shown.current;
        if (view === null || view.state.doc.toString() === props.text) return;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: props.text } });
    }, [props.text]);

    return <div ref={host} class="editor" />;
}
