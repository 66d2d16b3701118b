/* undo-offer: what was done just now can be taken back, for a few seconds, by a button or by a key. */

import { useEffect, useRef, useState } from "preact/hooks";
import { failureOfThrown } from "../core/failure.ts";
import { undoChangeDocument } from "../core/later-documents.ts";
import { type Desk, newKey } from "../forms/desk.ts";
import { type Undoable, undoable } from "../forms/undo.ts";
import { useWords } from "../forms/words/index.ts";
import { announce } from "../ui/announcer.tsx";
import { CloseButton } from "../ui/dialog-head.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useShortcuts } from "./shortcuts.ts";
import "../ui/floating.css";

/** Goes by itself, but not while somebody has it in hand, or is told why it could not be done. */
function useEnd(until: number, held: boolean): void {
    useEffect(() => {
        if (held) return;
        const left_ms = Math.max(0, until - Date.now());
        const timer = setTimeout(close, left_ms);
        return () => clearTimeout(timer);
    }, [until, held]);
}

function close(): void {
    undoable.value = null;
}

function Offer({ offer, desk }: { offer: Undoable; desk: Desk }) {
    const words = useWords();
    const [inHand, setInHand] = useState(false);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<string | null>(null);
    const key = useRef(newKey());
    useEnd(offer.until, inHand || busy || problem !== null);

    async function undo(): Promise<void> {
        if (busy || problem !== null) return;
        setBusy(true);
        try {
            const input = { idempotencyKey: key.current, changeId: offer.change };
            const { data } = await desk.ask(undoChangeDocument, { input });
            const [error] = data.undoChange.userErrors;
            if (error === undefined) {
                close();
                announce(words.undone);
                desk.again();
                return;
            }
            setProblem(error.message);
        } catch (thrown) {
            setProblem(failureOfThrown(thrown).message || words.notSent);
        }
        setBusy(false);
    }
    useShortcuts([{ keys: "u", run: () => void undo() }], [offer, busy, problem]);
    return (
        <section
            class="floating undo-offer"
            aria-label={words.undo}
            onMouseEnter={() => setInHand(true)}
            onMouseLeave={() => setInHand(false)}
            onFocusIn={() => setInHand(true)}
            onFocusOut={() => setInHand(false)}
        >
            {problem === null ? (
                <>
                    <span class="undo-words">{offer.words}</span>
                    <button
                        type="button"
                        class={`button${busy ? " busy" : ""}`}
                        aria-disabled={busy}
                        onClick={undo}
                    >
                        {words.undo} <Keys shortcut="u" />
                    </button>
                </>
            ) : (
                <span class="undo-words problem" role="alert">
                    {problem}
                </span>
            )}
            <CloseButton onClose={close} />
        </section>
    );
}

/** Of the account that is open, as it is now. */
export function UndoOffer({ desk }: { desk: Desk }) {
    const offer = undoable.value;
    if (offer === null || offer.customer !== desk.customer) return null;
    return <Offer key={offer.change} offer={offer} desk={desk} />;
}
