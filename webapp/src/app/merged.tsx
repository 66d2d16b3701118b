/* merged: who opens the account of a customer who was merged is led on, and told so; and two are merged above an account. */

import { useEffect } from "preact/hooks";
import type { AccountHeader } from "../core/documents.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { led, merging } from "./merging.ts";
import { go, place } from "./state.ts";
import { useWords } from "./words/index.ts";

/** To the same tab of who has everything. */
function lead({ number, name, mergedInto }: AccountHeader): void {
    const here = place.value;
    if (mergedInto === null || here.page !== "account") return;
    led.value = { to: mergedInto.id, number, name };
    go({ page: "account", id: mergedInto.id, tab: here.tab }, true);
}

function LedHere() {
    const words = useWords();
    const messages = useMessages();
    if (led.value === null) return null;
    const said = words.mergedFrom(led.value.number, led.value.name);
    return (
        <section class="band" aria-label={said}>
            <Icon name="user" />
            <p class="band-words" role="status">
                {said}
            </p>
            <button
                type="button"
                class="band-button"
                onClick={() => {
                    led.value = null;
                }}
            >
                {messages.close}
            </button>
        </section>
    );
}

/** `customer`: of the account as it is now. */
export function Merged({ customer }: { customer: AccountHeader }) {
    const gone = customer.mergedInto !== null;
    useEffect(() => {
        if (gone) lead(customer);
    }, [customer]);
    return (
        <>
            {led.value?.to === customer.id && <LedHere />}
            {merging.value?.customer === customer.id && !gone && (
                <MergeDialog
                    key={customer.id}
                    self={customer}
                    other={merging.value.other}
                    onClose={() => {
                        merging.value = null;
                    }}
                />
            )}
        </>
    );
}
