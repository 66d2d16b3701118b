/* match: shows an agent why a customer was found, by marking what the caller's words hit. */

import type { ContactMedium } from "./documents.ts";

export interface Piece {
    text: string;
    hit: boolean;
}

const apart = /[\s,;.'’()/-]+/;

/** Lower case without accents, letter for letter, so that places in it are places in the original. */
export function fold(text: string): string {
    let folded = "";
    for (const letter of text) {
        const base = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
        folded += base.length === letter.length ? base : letter;
    }
    return folded;
}

export function wordsOf(search: string): string[] {
    return fold(search)
        .split(apart)
        .filter(word => word !== "");
}

function plain(text: string): Piece[] {
    return [{ text, hit: false }];
}

/** The words of a name, each marked as far as one of the caller's words begins it. */
export function markWords(text: string, search: string): Piece[] {
    const words = wordsOf(search).sort((a, b) => b.length - a.length);
    if (words.length === 0) return plain(text);
    const folded = fold(text);
    const pieces: Piece[] = [];
    const starts = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu;
    let done = 0;
    for (const start of folded.matchAll(starts)) {
        const word = words.find(one => folded.startsWith(one, start.index));
        if (word === undefined) continue;
        if (start.index > done) pieces.push({ text: text.slice(done, start.index), hit: false });
        done = start.index + word.length;
        pieces.push({ text: text.slice(start.index, done), hit: true });
    }
    if (done < text.length) pieces.push({ text: text.slice(done), hit: false });
    return pieces;
}

/** The digits a caller gave for a number, without the trunk zero or the country's code before it. */
function digitsOf(search: string): string {
    const digits = search.replace(/\D/g, "");
    if (/^\s*(\+|00)/.test(search)) return digits.replace(/^00/, "");
    return digits.replace(/^0/, "");
}

/** Marks digits in a text where they stand with spaces between, as "+49 170 123" for 17012. */
export function markDigits(text: string, search: string): Piece[] {
    const wanted = digitsOf(search);
    if (wanted.length < 2) return plain(text);
    const places = [...text.matchAll(/\d/g)].map(found => found.index);
    const digits = places.map(place => text[place]).join("");
    const at = digits.indexOf(wanted);
    const first = places[at];
    const last = places[at + wanted.length - 1];
    if (at < 0 || first === undefined || last === undefined) return plain(text);
    return [
        { text: text.slice(0, first), hit: false },
        { text: text.slice(first, last + 1), hit: true },
        { text: text.slice(last + 1), hit: false },
    ].filter(piece => piece.text !== "");
}

function isMatched(medium: ContactMedium, search: string): boolean {
    if (medium.kind === "EMAIL") return markWords(medium.value, search).some(({ hit }) => hit);
    const digits = digitsOf(search);
    return digits.length >= 4 && medium.value.replace(/\D/g, "").includes(digits);
}

/** The way to reach a customer to show with a hit: the one that was searched for, else the preferred one. */
export function mediumFor(media: ContactMedium[], search: string): ContactMedium | undefined {
    return (
        media.find(medium => isMatched(medium, search)) ??
        media.find(({ preferred }) => preferred) ??
        media[0]
    );
}

/** Whether a search has what the server asks for: two letters or digits. */
export function isSearchable(search: string): boolean {
    return (search.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2;
}
