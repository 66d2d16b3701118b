/* de: the forms' words in German. */

import type { Fault } from "../entry.ts";
import type { Words } from "./en.ts";

function fault(of: Fault, example: string): string {
    const faults: Record<Fault, string> = {
        missing: "Das wird gebraucht.",
        noNumber: "Geben Sie eine ganze Zahl an, zum Beispiel 12.",
        noDay: `Geben Sie einen Tag an, zum Beispiel ${example}.`,
        noSuchDay: "Diesen Tag gibt es im Kalender nicht.",
        noTime: `Geben Sie eine Uhrzeit an, zum Beispiel ${example}.`,
        noAmount: `Geben Sie einen Betrag an, zum Beispiel ${example}.`,
        signed: "Geben Sie den Betrag ohne Vorzeichen an.",
        manyDecimals: `So kleine Beträge gibt es nicht. Geben Sie einen wie ${example} an.`,
        unclear: `Das lässt sich auf zwei Arten lesen. Geben Sie es mit allen Nachkommastellen an, wie ${example}.`,
        tooLarge: "Der Betrag ist zu groß.",
    };
    return faults[of];
}

export const de: Words = {
    actions: "Was ist zu tun?",
    noActions: "Ihre Rechte erlauben hier nichts, oder es gibt nichts zu tun.",
    reading: "Das Formular wird gelesen…",
    optional: "freiwillig",
    choose: "Wählen…",
    none: "Keine",
    send: "Speichern",
    check: "Prüfen",
    back: "Zurück",
    sending: "Wird gespeichert…",
    trying: "Wird geprüft…",
    beingSent: "Wird gesendet…",
    openAgain: "Wieder öffnen",
    notSent: "Nicht gesendet: Der Server ist nicht zu erreichen.",
    wouldBe: "Das wird anders",
    wouldBeSame: "Nichts, was Sie hier sehen, wird anders.",
    draft: when => `Was Sie ${when} geschrieben haben, ist wieder da; es wurde nicht gesendet.`,
    discard: "Verwerfen",
    leaving: "Was Sie geschrieben haben, wurde nicht gesendet.",
    keepDraft: "Als Entwurf behalten",
    goOn: "Weiterschreiben",
    nothingChanged: "Nichts ist anders. Ändern Sie etwas, oder schließen Sie das Formular.",
    notYours: "Ihre Rechte erlauben das nicht.",
    sentBefore:
        "Was Sie zuvor gesendet haben, war doch angekommen und ist getan. Sehen Sie ins Konto, und senden Sie, was noch fehlt.",
    conflictHint: "Wählen Sie jeweils, was bleiben soll.",
    mine: "Meines behalten",
    theirs: "Das andere nehmen",
    before: value => `Vorher: ${value}`,
    chooseDay: "Aus dem Kalender wählen",
    readBefore:
        "Es wurde mit diesem Formular schon gelesen und wird nicht zweimal gesagt. Senden Sie noch einmal, um es erneut zu lesen; das zählt.",
    goneIn: seconds => `Verschwindet in ${seconds} ${seconds === 1 ? "Sekunde" : "Sekunden"}`,
    hideNow: "Jetzt verbergen",
    undo: "Rückgängig",
    undone: "Es ist wieder wie zuvor.",
    keys: "Strg+Eingabe sendet",
    fault,
};
