/* main: the page a link in a message leads to: whoever has the link chooses a new password, once. */

import "./reset.css";
import { ask, type Outcome } from "./ask.ts";
import { faultOf } from "./fault.ts";
import { wordsFor } from "./words.ts";

const { language, words } = wordsFor(navigator.languages);
const card = document.getElementById("card");

/** Neither the address bar nor the history keeps what opens something. */
function takeToken(): string {
    const token = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    return token;
}

type Attributes = Record<string, string>;

function make<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes: Attributes = {},
    ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
}

/** Whatever was there before is gone, with what was typed in it. */
function show(title: string, ...children: (Node | string)[]): void {
    document.title = title;
    const heading = make("h1", { tabindex: "-1" }, title);
    card?.replaceChildren(heading, ...children);
    heading.focus();
}

function tell(outcome: Outcome, least: number, password: string): string {
    if (outcome.kind === "often") return words.tooOften(outcome.seconds);
    if (outcome.kind !== "fault") return words.failed;
    if (outcome.fault === "SHORT") return words.short(least, [...password].length);
    return outcome.fault === "LONG" ? words.long : words.plain;
}

function field(id: string, label: string) {
    const input = make("input", {
        id,
        class: "input",
        type: "password",
        autocomplete: "new-password",
        autocapitalize: "off",
        spellcheck: "false",
        "aria-describedby": "rules problem",
        "aria-required": "true",
    });
    return {
        input,
        whole: make("div", { class: "field" }, make("label", { for: id }, label), input),
    };
}

function showForm(token: string, mailbox: string, least: number): void {
    const first = field("password", words.password);
    const second = field("again", words.again);
    const problem = make("p", { id: "problem", class: "problem", role: "alert" });
    const button = make("button", { class: "button primary wide", type: "submit" }, words.choose);
    const shown = make("input", { type: "checkbox", id: "shown" });
    const form = make(
        "form",
        { novalidate: "" },
        first.whole,
        second.whole,
        make("label", { class: "tick", for: "shown" }, shown, words.show),
        problem,
        button,
    );
    shown.addEventListener("change", () => {
        for (const { input } of [first, second]) input.type = shown.checked ? "text" : "password";
    });
    let busy = false;
    const refuse = (text: string, wrong: HTMLInputElement) => {
        problem.textContent = text;
        for (const { input } of [first, second])
            input.setAttribute("aria-invalid", String(input === wrong));
        wrong.focus();
    };
    const choose = async () => {
        const password = first.input.value;
        const fault = faultOf(password, least);
        if (fault !== null)
            return refuse(tell({ kind: "fault", fault }, least, password), first.input);
        if (password !== second.input.value) return refuse(words.different, second.input);
        busy = true;
        button.textContent = words.choosing;
        const outcome = await ask("/auth/reset", { token, password });
        busy = false;
        button.textContent = words.choose;
        if (outcome.kind === "gone") showGone();
        else if (outcome.kind === "fine") show(words.doneTitle, make("p", {}, words.done(mailbox)));
        else refuse(tell(outcome, least, password), first.input);
    };
    form.addEventListener("submit", event => {
        event.preventDefault();
        if (!busy) void choose();
    });
    const rules = make("p", { id: "rules", class: "quiet" }, words.rules(least));
    show(words.title, make("p", { class: "lead" }, words.lead(mailbox)), rules, form);
    first.input.focus();
}

function showGone(): void {
    show(words.goneTitle, make("p", {}, words.gone));
}

function showFailed(token: string, text: string): void {
    const button = make("button", { class: "button primary wide", type: "button" }, words.retry);
    button.addEventListener("click", () => void look(token));
    show(words.title, make("p", {}, text), button);
}

async function look(token: string): Promise<void> {
    show(words.title, make("p", { class: "quiet" }, words.reading));
    if (token === "") return showGone();
    const outcome = await ask("/auth/reset/look", { token });
    if (outcome.kind === "gone") return showGone();
    if (outcome.kind !== "fine") return showFailed(token, tell(outcome, 0, ""));
    const { mailbox, characters } = outcome.body as { mailbox: string; characters: number };
    showForm(token, mailbox, characters);
}

document.documentElement.lang = language;
void look(takeToken());
