/* look: the editors in the colours of the app. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const mono = 'ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, monospace';

const floating = {
    border: "1px solid var(--line)",
    borderRadius: "8px",
    background: "var(--raised)",
    color: "var(--ink)",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
};

const text = EditorView.theme({
    "&": { blockSize: "100%", background: "var(--surface)", color: "var(--ink)" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
    ".cm-scroller": { fontFamily: mono, fontSize: "13px", lineHeight: "1.6" },
    ".cm-content": { paddingBlock: "10px", caretColor: "var(--ink)" },
    ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.5px" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
        { background: "var(--accent-soft)" },
    ".cm-activeLine": { background: "transparent" },
    ".cm-gutters": { background: "transparent", color: "var(--ink-3)", border: "0" },
    ".cm-activeLineGutter": { background: "transparent", color: "var(--ink)" },
    ".cm-foldPlaceholder": {
        background: "var(--sunken)",
        border: "1px solid var(--line)",
        color: "var(--ink-2)",
        paddingInline: "4px",
    },
    "&.cm-focused .cm-matchingBracket": { background: "var(--mark)", outline: "none" },
    "&.cm-focused .cm-nonmatchingBracket": { background: "var(--bad-soft)" },
    ".cm-placeholder": { color: "var(--ink-3)" },
});

const marks = EditorView.theme({
    ".cm-lintRange-error": {
        backgroundImage: "none",
        textDecoration: "underline wavy var(--bad-dot)",
        textDecorationSkipInk: "none",
        textUnderlineOffset: "3px",
    },
    ".cm-lintRange-warning": {
        backgroundImage: "none",
        textDecoration: "underline wavy var(--warn-dot)",
        textDecorationSkipInk: "none",
        textUnderlineOffset: "3px",
    },
    ".cm-lintRange-active": { background: "var(--bad-soft)" },
    ".cm-lint-marker": { inlineSize: "9px", blockSize: "9px", borderRadius: "50%" },
    ".cm-lint-marker-error": { content: "none", background: "var(--bad-dot)" },
    ".cm-lint-marker-warning": { content: "none", background: "var(--warn-dot)" },
    ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: "13px", padding: "6px 10px" },
    ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad-dot)" },
    ".cm-diagnostic-warning": { borderLeft: "3px solid var(--warn-dot)" },
});

const tips = EditorView.theme({
    ".cm-tooltip": floating,
    ".cm-tooltip.cm-tooltip-autocomplete > ul": {
        fontFamily: mono,
        fontSize: "13px",
        maxHeight: "16em",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "1.5" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
        background: "var(--accent)",
        color: "var(--on-accent)",
    },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "650" },
    ".cm-completionDetail": { fontStyle: "normal", opacity: "1", marginInlineStart: "14px" },
    ".cm-completionIcon": { display: "none" },
    ".cm-tooltip.cm-completionInfo": {
        maxWidth: "340px",
        padding: "8px 12px",
        font: "400 13px/1.45 var(--font)",
        whiteSpace: "normal",
    },
    ".hover": { maxWidth: "420px", padding: "8px 12px", font: "400 13px/1.45 var(--font)" },
    ".hover code": { font: `500 13px/1.5 ${mono}`, color: "var(--accent)" },
    ".hover p": { margin: "4px 0 0" },
    ".hover .old": { color: "var(--warn)" },
});

const search = EditorView.theme({
    ".cm-panels": { background: "var(--sunken)", color: "var(--ink)" },
    ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
    ".cm-panel.cm-search": { font: "400 13px/1.5 var(--font)", padding: "6px 32px 6px 10px" },
    ".cm-panel.cm-search label": { fontSize: "13px" },
    ".cm-textfield": {
        background: "var(--surface)",
        border: "1px solid var(--line-strong)",
        borderRadius: "4px",
        fontSize: "13px",
        padding: "3px 6px",
    },
    ".cm-button": {
        background: "var(--surface)",
        backgroundImage: "none",
        border: "1px solid var(--line)",
        borderRadius: "4px",
        fontSize: "13px",
        color: "var(--ink)",
    },
    ".cm-panel.cm-search [name=close]": {
        color: "var(--ink-2)",
        minWidth: "24px",
        fontSize: "18px",
    },
    ".cm-searchMatch": { background: "var(--mark)" },
    ".cm-searchMatch-selected": {
        background: "var(--accent-soft)",
        outline: "1px solid var(--accent)",
    },
});

const colours = HighlightStyle.define([
    { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: "var(--bad)" },
    { tag: [tags.propertyName, tags.attributeName], color: "var(--accent)" },
    { tag: tags.variableName, color: "var(--warn)" },
    { tag: [tags.string, tags.special(tags.name)], color: "var(--ok)" },
    { tag: [tags.integer, tags.float, tags.number, tags.bool, tags.null], color: "var(--warn)" },
    { tag: [tags.lineComment], color: "var(--ink-2)", fontStyle: "italic" },
    { tag: [tags.punctuation, tags.paren, tags.brace, tags.separator], color: "var(--ink-2)" },
    { tag: tags.atom, color: "var(--ink)" },
]);

export const look = [text, marks, tips, search, syntaxHighlighting(colours)];
