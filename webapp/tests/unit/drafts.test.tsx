/* drafts: what was written into any form of any tab is there again after a reload, for who wrote it, until it is sent or thrown away. */

import { join } from "node:path";
import { graphqlSync } from "graphql";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Tab } from "../../src/core/documents.ts";
import { inputTypeDocument } from "../../src/core/later-documents.ts";
import type { Action } from "../../src/core/layout.ts";
import type { Acting } from "../../src/forms/context.ts";
import type { Desk } from "../../src/forms/desk.ts";
import { FormDialog } from "../../src/forms/form-dialog.tsx";
import { noReading, type Reading, ReadingContext } from "../../src/ui/words.ts";
import { shippedTabs, textOf, webapp } from "./files.ts";
import { publicSchema } from "./schema.ts";

const schema = publicSchema();
const inputs = textOf(join(webapp, "documents", "InputType.graphql"));
const secret = "73519926";

const reading: Reading = {
    ...noReading,
    today: "2026-10-15",
    locale: { ...noReading.locale, language: "en-GB", timeZone: "UTC" },
};

/** Every form there is: an action of a tab, with what the server says of it. */
const forms = shippedTabs().flatMap(({ key, file }) => {
    const { layout } = file as { layout: { actions?: Action[] } };
    return (layout.actions ?? []).map(action => {
        const input = schema.getMutationType()?.getFields()[action.mutation]?.args[0]?.type;
        const server = {
            key: action.key,
            mutation: action.mutation,
            input: String(input).replace("!", ""),
            document: "mutation",
            choices: "choices",
        };
        const tab = { key, title: key, layout, actions: [server] } as unknown as Tab;
        return { name: `${key}.${action.key}`, tab, action };
    });
});
const written = forms.filter(({ action }) => action.fields.length > 0);

/** Two things to choose from wherever a field looks for them. */
function choicesOf({ fields }: Action): object {
    const all = {};
    for (const { choices } of fields) {
        if (choices === undefined) continue;
        const { at, key = "id" } = choices;
        const names = at.split(".");
        let inner: Record<string, unknown> = all;
        for (const name of names.slice(0, -1)) {
            inner[name] ??= {};
            inner = inner[name] as Record<string, unknown>;
        }
        inner[names.at(-1) ?? ""] = ["1", "2"].map(one => ({ [key]: one }));
    }
    return all;
}

let root: HTMLElement;

interface Opened {
    login?: string;
    sent?: unknown[];
    payload?: object;
}

/** Opens a form as after a reload: all that is left of before is what the browser's store holds. */
async function open({ tab, action }: (typeof forms)[number], { login, sent, payload }: Opened) {
    const chosen = choicesOf(action);
    const desk: Desk = {
        login: login ?? "anna",
        customer: "C1",
        again: () => {},
        ask: async (document, variables) => {
            const answer = (data: unknown) => ({ data, errors: [] }) as never;
            if (document.id === inputTypeDocument.id) {
                const values = variables as { name: string };
                return answer(graphqlSync({ schema, source: inputs, variableValues: values }).data);
            }
            if (document.id === "choices") return answer(chosen);
            sent?.push(variables);
            return answer({ [action.mutation]: { userErrors: [], ...payload } });
        },
    };
    const acting: Acting = { tab, action, fill: {}, row: { id: "R1", ...chosen }, name: "" };
    await act(async () => {
        render(null, root);
        render(
            <ReadingContext.Provider value={reading}>
                <FormDialog acting={acting} desk={desk} onClose={() => {}} />
            </ReadingContext.Provider>,
            root,
        );
    });
    await act(async () => {});
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const controls = () => [
    ...root.querySelectorAll<Control>(".form-fields :is(input, select, textarea):not([type=date])"),
];
const isTicked = (control: Control) => control.type === "checkbox" || control.type === "radio";
const standing = () =>
    controls().map(one => (isTicked(one) ? (one as HTMLInputElement).checked : one.value));

/** What can be typed into it, as it stands there afterwards. */
const typed = (control: Control) =>
    control.closest(".typed")?.querySelector("[type=date]")
        ? "03/12/2026"
        : control.inputMode === "decimal" || control.inputMode === "numeric"
          ? "12.00"
          : "Wort";

async function write(control: Control) {
    await act(() => {
        if (control instanceof HTMLSelectElement) {
            control.value = control.options[control.options.length - 1]?.value ?? "";
            control.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (isTicked(control)) {
            control.click();
        } else {
            control.value = typed(control);
            control.dispatchEvent(new Event("input", { bubbles: true }));
        }
    });
}

/** Every field that is to be seen, and those that come to be seen with what stands in the others. */
async function writeAll() {
    const done = new Set<string>();
    for (let next = true; next; ) {
        const control = controls().find(one => !done.has(one.id || one.name + one.value));
        next = control !== undefined;
        if (control === undefined) return;
        done.add(control.id || control.name + control.value);
        await write(control);
    }
}

async function press(selector: string) {
    await act(async () => root.querySelector<HTMLElement>(selector)?.click());
    await act(async () => {});
}

const send = async () => {
    await act(async () => {
        root.querySelector("form")?.dispatchEvent(
            new Event("submit", { bubbles: true, cancelable: true }),
        );
    });
    await act(async () => {});
};

beforeEach(() => {
    localStorage.clear();
    root = document.createElement("div");
    document.body.append(root);
});

afterEach(() => {
    render(null, root);
    root.remove();
});

// Some forms hold all countries and languages there are.
describe("drafts of every form", { timeout: 60_000 }, () => {
    it("are tested with all there are", () => {
        expect(written.length).toBeGreaterThan(30);
    });

    it.each(written)("$name is there again after a reload, until it is discarded", async form => {
        await open(form, {});
        const untouched = standing();
        expect(localStorage.length).toBe(0);
        expect(root.querySelector(".form-draft")).toBeNull();
        await writeAll();
        const wrote = standing();
        expect(wrote).not.toEqual(untouched);
        expect(localStorage.length).toBe(1);
        await open(form, {});
        expect(root.querySelector(".form-draft")).not.toBeNull();
        expect(standing()).toEqual(wrote);
        await press(".form-draft .ghost");
        expect(localStorage.length).toBe(0);
        expect(standing()).toEqual(untouched);
        await open(form, {});
        expect(root.querySelector(".form-draft")).toBeNull();
    });

    it.each(written)("$name is forgotten when it is sent", async form => {
        const sent: unknown[] = [];
        await open(form, {});
        await writeAll();
        await open(form, { sent });
        for (let tries = 0; tries < 2 && localStorage.length > 0; tries++) await send();
        expect(root.querySelector("[aria-invalid=true]")?.id).toBeUndefined();
        expect(sent.length).toBe(form.action.shows === undefined ? 1 : 2);
        expect(localStorage.length).toBe(0);
        await open(form, {});
        expect(root.querySelector(".form-draft")).toBeNull();
    });

    it.each(written)("$name is nobody else's", async form => {
        await open(form, {});
        const untouched = standing();
        await writeAll();
        await open(form, { login: "bert" });
        expect(root.querySelector(".form-draft")).toBeNull();
        expect(standing()).toEqual(untouched);
        expect(localStorage.length).toBe(0);
    });

    it.each(forms.filter(({ action }) => action.fields.length === 0))(
        "$name asks for nothing and keeps nothing",
        async form => {
            await open(form, {});
            expect(controls()).toEqual([]);
            expect(localStorage.length).toBe(0);
        },
    );
});

describe("S1-27 secrets", () => {
    it("are typed into no form, so none can be kept", () => {
        const names = forms.flatMap(({ name, action }) =>
            action.fields.map(({ key }) => `${name}.${key}`),
        );
        expect(names.filter(name => /\.(pin|puk|password|secret)\w*$/i.test(name))).toEqual([]);
    });

    it.each(forms.filter(({ action }) => action.reveals !== undefined))(
        "$name shows what is read once and keeps none of it",
        async form => {
            await open(form, {});
            await writeAll();
            await open(form, { payload: { value: secret, hideAfterSeconds: 60 } });
            await send();
            expect(root.textContent?.replaceAll(/\s/g, "")).toContain(secret);
            expect(localStorage.length).toBe(0);
            expect(JSON.stringify(sessionStorage)).not.toContain(secret);
        },
    );
});
