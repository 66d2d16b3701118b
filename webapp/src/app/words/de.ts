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
};
