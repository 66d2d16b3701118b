/* sources: what must stay true of the sources themselves. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesIn, textOf, webapp } from "./files.ts";

const src = join(webapp, "src");
const all = [...filesIn(src, ".ts"), ...filesIn(src, ".tsx")];
const short = (file: string) => file.slice(src.length + 1);

function withoutComments(text: string): string {
    return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}

describe("S1-10 no tab is built in", () => {
    // The sections of the advanced search are those of the server's input type, by name.
    const generic = all.filter(
        file => /^(core|ui|panels|forms|app)\//.test(short(file)) && short(file) !== "core/find.ts",
    );
    it.each(generic.map(short))("%s knows no domain word of a tab", file => {
        const text = withoutComments(textOf(src, file));
        const words =
            /\b(products?|subscriptions?|offerings?|orders|productOrders?|orderItems?)\b/gi;
        expect(text.match(words) ?? []).toEqual([]);
    });
});

describe("C05 nothing is ever made from markup", () => {
    it.each(all.map(short))("%s", file => {
        const text = withoutComments(textOf(src, file));
        const sinks =
            /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\b/g;
        expect(text.match(sinks) ?? []).toEqual([]);
    });
});

describe("every file", () => {
    const sheets = filesIn(src, ".css");
    it.each([...all, ...sheets].map(short))(
        "%s opens with a sentence and is not too long",
        file => {
            const text = textOf(src, file);
            expect(text.slice(0, 120)).toMatch(/^\/\* [a-z][\w.-]*: [^\n]+/);
            expect(text.split("\n").length).toBeLessThanOrEqual(800);
        },
    );
});
