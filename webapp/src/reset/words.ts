/* words: what the page says, in German and English. */

const en = {
    title: "New password",
    reading: "Looking at your link …",
    lead: (mailbox: string) => `for the mailbox ${mailbox}`,
    rules: (least: number) =>
        `At least ${least} characters, any you like. A few words in a row are easy to keep in mind. Not the name of the mailbox, not the same few characters again and again.`,
    password: "New password",
    again: "Once more",
    show: "Show what I type",
    choose: "Choose this password",
    choosing: "One moment …",
    short: (least: number, now: number) => `${least - now} more characters are needed.`,
    long: "That is too long; 128 characters are enough.",
    plain: "That is guessed too easily. Take one that has nothing to do with the mailbox, and more different characters.",
    different: "The two are not the same.",
    goneTitle: "This link is not good",
    gone: "It was used already, its time is over, or there is a newer one. Ask our customer service for another link. Your password is as it was.",
    doneTitle: "Your new password is set",
    done: (mailbox: string) =>
        `From now on it opens the mailbox ${mailbox}. Enter it in all programs that fetch your e-mails. You can close this page.`,
    tooOften: (seconds: number) => `That was too often. Try again in ${seconds} seconds.`,
    failed: "That did not work right now. Nothing has changed; try again in a moment.",
    retry: "Try again",
};

const de: typeof en = {
    title: "Neues Passwort",
    reading: "Ihr Link wird geprüft …",
    lead: (mailbox: string) => `für das Postfach ${mailbox}`,
    rules: (least: number) =>
        `Mindestens ${least} Zeichen, welche Sie möchten. Ein paar Wörter hintereinander kann man sich gut merken. Nicht der Name des Postfachs, nicht immer wieder dieselben Zeichen.`,
    password: "Neues Passwort",
    again: "Noch einmal",
    show: "Eingabe anzeigen",
    choose: "Dieses Passwort nehmen",
    choosing: "Einen Moment …",
    short: (least: number, now: number) => `Es fehlen noch ${least - now} Zeichen.`,
    long: "Das ist zu lang; 128 Zeichen genügen.",
    plain: "Das ist zu leicht zu erraten. Nehmen Sie eines, das nichts mit dem Postfach zu tun hat und mehr verschiedene Zeichen hat.",
    different: "Die beiden sind nicht gleich.",
    goneTitle: "Dieser Link gilt nicht",
    gone: "Er wurde schon benutzt, ist abgelaufen oder durch einen neueren ersetzt. Bitten Sie unseren Kundendienst um einen neuen. Ihr Passwort ist, wie es war.",
    doneTitle: "Ihr neues Passwort gilt",
    done: (mailbox: string) =>
        `Ab jetzt öffnet es das Postfach ${mailbox}. Geben Sie es in allen Programmen ein, die Ihre E-Mails abholen. Sie können diese Seite schließen.`,
    tooOften: (seconds: number) =>
        `Das war zu oft. Versuchen Sie es in ${seconds} Sekunden noch einmal.`,
    failed: "Das hat gerade nicht geklappt. Nichts wurde geändert; versuchen Sie es gleich noch einmal.",
    retry: "Noch einmal versuchen",
};

export type Words = typeof en;

/** The first language that the browser's user wants and the page speaks. */
export function wordsFor(languages: readonly string[]): { language: string; words: Words } {
    const known = languages.map(tag => tag.slice(0, 2)).find(tag => tag === "de" || tag === "en");
    return known === "de" ? { language: "de", words: de } : { language: "en", words: en };
}
