/* contact-now: the contact that the viewer is in with the customer, and the way to its end. */

import { useEffect } from "preact/hooks";
import type { Account } from "../core/account.ts";
import type { Tab } from "../core/documents.ts";
import { show } from "../core/format.ts";
import type { Acting } from "../forms/context.ts";
import { actionsOf } from "../forms/offered.ts";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useReading } from "../ui/words.ts";
import { type Contact, contactWith, noteRead, wrapping } from "./contact.ts";
import { moment, viewer } from "./state.ts";
import { useWords } from "./words/index.ts";
import "./contact.css";

const mutation = "finishInteraction";

/** The form in which a contact is wrapped up; null where the viewer may not. */
export function wrappingUp(contact: Contact | null, tabs: Tab[]): Acting | null {
    if (contact === null) return null;
    for (const tab of tabs) {
        const action = actionsOf(tab).find(one => one.mutation === mutation);
        if (action !== undefined)
            return { tab, action, fill: action.fill ?? {}, row: contact, name: "" };
    }
    return null;
}

export function ContactNow({ account }: { account: Account }) {
    const { locale } = useReading();
    const words = useWords();
    useEffect(() => noteRead(account), [account]);
    const { id } = account.header;
    const contact = contactWith(id);
    if (contact === null || moment.value !== null) return null;
    const since = new Date(contact.startedAt).toLocaleTimeString(locale.language, {
        hour: "2-digit",
        minute: "2-digit",
    });
    const how = show(contact.channel, "enum", locale, "InteractionChannel")?.text ?? "";
    return (
        <div class="contact-now">
            <span class="contact-words">
                <Icon name="phone" size={14} />
                {words.inContact(since, how)}
            </span>
            {wrappingUp(contact, viewer.value?.tabs ?? []) !== null && (
                <button
                    type="button"
                    class="button"
                    onClick={() => {
                        wrapping.value = id;
                    }}
                >
                    {words.wrapUp} <Keys shortcut="a c" />
                </button>
            )}
        </div>
    );
}
