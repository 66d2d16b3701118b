/* contact-reminder: whoever has left an account with a contact that is still open is reminded of it, and goes on as they like. */

import { useSignal } from "@preact/signals";
import { CloseButton } from "../ui/dialog-head.tsx";
import { Icon } from "../ui/icon.tsx";
import { contactsGoingOn, wrapping } from "./contact.ts";
import { go, place } from "./state.ts";
import { useWords } from "./words/index.ts";
import "../ui/floating.css";
import "./contact.css";

/** Of all accounts but the one on the page; the latest alone, as there is little room. */
export function ContactReminder() {
    const words = useWords();
    const left = useSignal<ReadonlySet<string>>(new Set());
    const here = place.value;
    const contact = contactsGoingOn().find(
        ({ id, customer }) =>
            !left.value.has(id) && (here.page !== "account" || here.id !== customer.id),
    );
    if (contact === undefined) return null;
    const { id, customer } = contact;
    function wrapUp(): void {
        wrapping.value = customer.id;
        go({ page: "account", id: customer.id, tab: null });
    }
    return (
        <section class="floating contact-reminder" aria-label={words.contactOpen}>
            <span class="contact-words">
                <Icon name="phone" size={14} />
                <span>
                    {words.contactOpenWith} <bdi>{customer.name}</bdi>
                </span>
            </span>
            <button type="button" class="button" onClick={wrapUp}>
                {words.wrapUp}
            </button>
            <CloseButton
                onClose={() => {
                    left.value = new Set(left.value).add(id);
                }}
            />
        </section>
    );
}
