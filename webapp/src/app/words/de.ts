/* de: the words of what opens above an account, in German. */

import type { Words } from "./en.ts";

export const de: Words = {
    readingHistory: "Die Aufzeichnungen werden gelesen…",
    began: "Erstmals erfasst",
    changed: "geändert",
    showThen: "Konto zeigen, wie es damals war",
    withinPlaceholder: "Nummer, Betrag, Tag oder Wort",
    withinHow:
        "Rechnung, Bestellung, Ticket, Anschluss oder Brief: nach Nummer, Betrag, Tag oder Wörtern.",
    withinNone: search => `Nichts in diesem Konto passt zu „${search}“.`,
    withinMore: "Es gibt weitere. Sagen Sie mehr, um es einzugrenzen.",
    withinHereOnly: "Nur was auf der Seite ist, wurde durchsucht.",
    withinCount: count => (count === 1 ? "1 Treffer" : `${count} Treffer`),
    momentTitle: "Wie es war",
    momentLabel: "Konto zeigen, wie es war am",
    momentHolds:
        "Alles erscheint so, wie es zu diesem Zeitpunkt erfasst war; Listen, die nur wachsen, enden dort. Namen von Zuständen, Ihre Rechte und die Kundensuche sind die von heute.",
    momentShow: "Zeigen",
    merge: "Zusammenführen mit…",
    mergeTitle: "Aus zwei Konten wird eins",
    mergeFind: "Das andere Konto derselben Person oder Firma",
    mergeFindHow: "Name, Nummer, Telefon oder E-Mail des doppelten Kontos.",
    mergeNone: (search: string) => `Kein anderes Konto passt zu „${search}“.`,
    mergeOther: "Anderes Konto",
    mergeSwap: "Tauschen",
    mergeStays: "Bleibt",
    mergeGoes: "Geht darin auf",
    mergeField: "Feld",
    mergeSame: "Beide unterscheiden sich in nichts, was es nur einmal gibt.",
    mergeMoves: "Was übergeht",
    mergeMovesNothing: "Es gibt nichts, was übergeht.",
    mergeRules: "Was beide haben",
    mergeHint:
        "Wählen Sie, wessen Angabe gilt. Das andere Konto ist danach geschlossen und führt hierher. Das lässt sich nicht zurücknehmen.",
    mergeDo: "Zusammenführen",
    mergeDone: "Die Konten sind zusammengeführt.",
    mergeReading: "Beide Konten werden verglichen…",
    mergedFrom: (number: string, name: string) =>
        `Konto ${number} (${name}) ist in diesem Konto aufgegangen.`,
    mergeAlike: "Das sieht nach zweimal demselben Konto aus:",
    mergeCompare: "Vergleichen",
    moved: (tab: string) => `${tab}: Es hat sich etwas getan.`,
    inContact: (since: string, how: string) => `Im Kontakt seit ${since} · ${how}`,
    wrapUp: "Abschließen",
    wrapUpContact: "Kontakt abschließen",
    contactOpen: "Noch offener Kontakt",
    contactOpenWith: "Noch im Kontakt mit",
};
