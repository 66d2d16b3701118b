/* typing: puts what is typed over a selection into the document itself.
 *
 * Left to the browser, the new text would get the colours of the old one as an inline style, which the content
 * security policy blocks and reports. CodeMirror would draw the text anew anyway.
 */

import { EditorView } from "@codemirror/view";

export const typing = EditorView.domEventHandlers({
    beforeinput(event, view) {
        const { main } = view.state.selection;
        const text = event.data;
        const replaces = event.inputType === "insertText" && text !== null && !main.empty;
        if (!replaces || view.composing || view.state.readOnly) return false;
        const insert = () =>
            view.state.update(view.state.replaceSelection(text), {
                userEvent: "input.type",
                scrollIntoView: true,
            });
        const taken = view.state
            .facet(EditorView.inputHandler)
            .some(handler => handler(view, main.from, main.to, text, insert));
        if (!taken) view.dispatch(insert());
        event.preventDefault();
        return true;
    },
});
