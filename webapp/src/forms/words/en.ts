/* en: the forms' words in English. */

import type { Fault } from "../entry.ts";

/** The example is what is right, as this language writes it. */
function fault(of: Fault, example: string): string {
    const faults: Record<Fault, string> = {
        missing: "This is needed.",
        noNumber: "Give a whole number, for example 12.",
        noDay: `Give a day, for example ${example}.`,
        noSuchDay: "There is no such day in the calendar.",
        noTime: `Give a time, for example ${example}.`,
        noAmount: `Give an amount, for example ${example}.`,
        signed: "Give the amount without a sign.",
        manyDecimals: `There are no amounts as small as that. Give one like ${example}.`,
        unclear: `It can be read in two ways. Give it with all its decimals, like ${example}.`,
        tooLarge: "The amount is too large.",
    };
    return faults[of];
}

export const en = {
    actions: "What to do",
    noActions: "Your rights allow nothing here, or there is nothing to do.",
    reading: "The form is being read…",
    optional: "optional",
    choose: "Choose…",
    none: "None",
    send: "Save",
    check: "Check",
    back: "Go back",
    sending: "Being saved…",
    trying: "Being checked…",
    beingSent: "Being sent…",
    openAgain: "Open again",
    notSent: "It was not sent: the server cannot be reached.",
    wouldBe: "What will be different",
    wouldBeSame: "Nothing you see here will be different.",
    draft: (when: string) => `What you wrote ${when} is here again; it was not sent.`,
    discard: "Discard",
    leaving: "What you wrote was not sent.",
    keepDraft: "Keep as a draft",
    goOn: "Go on writing",
    nothingChanged: "Nothing is different. Change something, or close the form.",
    notYours: "Your rights do not allow this.",
    sentBefore:
        "What you sent before had arrived after all and is done. Look at the account, and send again what is still missing.",
    conflictHint: "Choose for each which one is to stay.",
    mine: "Keep mine",
    theirs: "Take theirs",
    before: (value: string) => `Before: ${value}`,
    chooseDay: "Choose from the calendar",
    readBefore:
        "It was read before by this form, and is not told twice. Send again to read it once more; that counts.",
    goneIn: (seconds: number) => `Gone in ${seconds} ${seconds === 1 ? "second" : "seconds"}`,
    hideNow: "Hide now",
    undo: "Undo",
    undone: "It is as it was before.",
    keys: "Ctrl+Enter sends",
    fault,
};

export type Words = typeof en;
