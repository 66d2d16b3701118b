/* dialog-head: what a dialog is about, and the button that closes it. */

import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";
import { useMessages } from "./words.ts";

export function CloseButton({ onClose }: { onClose: (event: Event) => void }) {
    const messages = useMessages();
    return (
        <button type="button" class="ghost" aria-label={messages.close} onClick={onClose}>
            <Icon name="close" />
        </button>
    );
}

interface HeadProps {
    /** Of the heading, by which the dialog is called. */
    id: string;
    onClose: (event: Event) => void;
    children: ComponentChildren;
}

export function DialogHead({ id, onClose, children }: HeadProps) {
    return (
        <header class="dialog-head">
            <h2 id={id}>{children}</h2>
            <CloseButton onClose={onClose} />
        </header>
    );
}
