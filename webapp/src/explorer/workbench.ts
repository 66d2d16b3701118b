/* workbench: the explorer at work: which queries are open, what came of them, and what is to be kept. */

import type { EditorView } from "@codemirror/view";
import { batch, computed, type Signal, signal } from "@preact/signals";
import type { GraphQLSchema } from "graphql";
import { failureOfThrown } from "../core/failure.ts";
import { isAborted } from "../core/http.ts";
import type { Session } from "../core/session.ts";
import type { Spot } from "./catalogue.ts";
import { formatted, operationAt, operationsOf, parsed, variablesOf } from "./check.ts";
import { type Example, exampleOf, examplesOf } from "./examples.ts";
import { showErrors } from "./query-editor.ts";
import type { Run } from "./result.tsx";
import { type Asked, run as ask, type Outcome } from "./send.ts";
import { keep, readKept, type Sheet, withRun } from "./sheets.ts";
import type { Words } from "./words/index.ts";

export type Pane = "query" | "result" | "schema";

export interface Given {
    document: string;
    variables: string;
}

const nothing: Run = { state: "none" };

export class Workbench {
    readonly schema: GraphQLSchema;
    readonly examples: Example[];
    readonly sheets: Signal<Sheet[]>;
    readonly currentId: Signal<number>;
    readonly ran: Signal<string[]>;
    readonly runs = signal<ReadonlyMap<number, Run>>(new Map());
    readonly cursor = signal(0);
    /** The operation chosen where there are several; null is the one the cursor is in. */
    readonly chosen = signal<string | null>(null);
    readonly pane = signal<Pane>("query");
    readonly shown = signal<Spot | null>(null);
    /** The query's editor while it is on screen. */
    view: EditorView | null = null;

    readonly sheet = computed(() => {
        const all = this.sheets.value;
        return all.find(({ id }) => id === this.currentId.value) ?? (all[0] as Sheet);
    });
    readonly run = computed(() => this.runs.value.get(this.sheet.value.id) ?? nothing);
    readonly tree = computed(() => parsed(this.sheet.value.document));
    readonly operation = computed(() => {
        const tree = this.tree.value;
        return tree === null ? undefined : operationAt(tree, this.cursor.value, this.chosen.value);
    });
    readonly operations = computed(() => {
        const tree = this.tree.value;
        return tree === null ? [] : operationsOf(tree).flatMap(({ name }) => name?.value ?? []);
    });

    readonly #session: Session;
    readonly #login: string;
    readonly #asking = new Map<number, AbortController>();
    #lastId = 0;

    constructor(session: Session, login: string, schema: GraphQLSchema) {
        this.#session = session;
        this.#login = login;
        this.schema = schema;
        this.examples = examplesOf(schema);
        const kept = readKept(localStorage, login);
        const open = kept.open.map(document => this.#sheet({ document, variables: "" }));
        this.sheets = signal(open.length > 0 ? open : [this.#first()]);
        this.currentId = signal(this.sheets.value[0]?.id ?? 0);
        this.ran = signal(kept.ran);
    }

    #sheet({ document, variables }: Given): Sheet {
        this.#lastId++;
        return { id: this.#lastId, document, variables };
    }

    /** A first visit begins with something that runs. */
    #first(): Sheet {
        return this.#sheet(this.examples[0] ?? { document: "", variables: "" });
    }

    #keep(): void {
        const open = this.sheets.value.map(({ document }) => document);
        keep(localStorage, this.#login, { open, ran: this.ran.value });
    }

    /* ---- open queries ---- */

    open(given: Given): void {
        const sheet = this.#sheet(given);
        batch(() => {
            this.sheets.value = [...this.sheets.value, sheet];
            this.choose(sheet.id);
        });
        this.#keep();
    }

    /** What is given takes the place of a sheet nobody wrote on, else it comes beside the others. */
    begin(given: Given): void {
        const { id, document } = this.sheet.value;
        this.open(given);
        if (document.trim() === "") this.close(id);
        this.pane.value = "query";
    }

    tryField(operation: string, name: string): void {
        const root =
            operation === "query" ? this.schema.getQueryType() : this.schema.getMutationType();
        const field = root?.getFields()[name];
        if (field !== undefined) this.begin(exampleOf(field, operation));
    }

    choose(id: number): void {
        batch(() => {
            this.currentId.value = id;
            this.chosen.value = null;
            this.cursor.value = 0;
        });
    }

    close(id: number): void {
        this.stop(id);
        const left = this.sheets.value.filter(sheet => sheet.id !== id);
        const place = this.sheets.value.findIndex(sheet => sheet.id === id);
        const sheets = left.length > 0 ? left : [this.#sheet({ document: "", variables: "" })];
        const next = sheets[Math.min(place, sheets.length - 1)];
        batch(() => {
            this.sheets.value = sheets;
            this.#come(id, null);
            if (this.currentId.value === id && next !== undefined) this.choose(next.id);
        });
        this.#keep();
    }

    change(change: Partial<Given>): void {
        const { id } = this.sheet.value;
        this.sheets.value = this.sheets.value.map(sheet =>
            sheet.id === id ? { ...sheet, ...change } : sheet,
        );
        this.#keep();
    }

    /** Whether it could be laid out anew. */
    format(): boolean {
        const document = formatted(this.sheet.value.document);
        if (document !== null) this.change({ document });
        return document !== null;
    }

    forgetRuns(): void {
        this.ran.value = [];
        this.#keep();
    }

    /* ---- asking ---- */

    /** What would be sent, or why it cannot be. */
    asked(words: Words): Asked | string {
        const { document, variables } = this.sheet.value;
        if (document.replaceAll(/#[^\n]*/g, "").trim() === "") return words.queryEmpty;
        const { values, problem } = variablesOf(variables);
        if (problem !== null)
            return problem === "not JSON" ? words.variablesNotJson : words.variablesNoObject;
        const several = this.operations.value.length > 1;
        const operationName = several ? this.operation.value?.name?.value : undefined;
        return { document, variables: values, operationName };
    }

    async start(words: Words, onEnd: (outcome: Outcome) => void): Promise<void> {
        const { id, document } = this.sheet.value;
        const asked = this.asked(words);
        this.pane.value = "result";
        if (typeof asked === "string") return this.#come(id, { state: "refused", message: asked });
        const mine = new AbortController();
        this.stop(id);
        this.#asking.set(id, mine);
        this.#come(id, { state: "asking" });
        try {
            const outcome = await ask(this.#session, asked, mine.signal);
            if (this.#asking.get(id) !== mine) return;
            this.#come(id, { state: "answered", outcome });
            if (this.view !== null && this.sheet.value.id === id)
                showErrors(this.view, this.schema, outcome.errors);
            if (parsed(document) !== null) this.ran.value = withRun(this.ran.value, document);
            this.#keep();
            onEnd(outcome);
        } catch (thrown) {
            if (this.#asking.get(id) !== mine) return;
            const failed: Run = { state: "failed", failure: failureOfThrown(thrown) };
            this.#come(id, isAborted(thrown) ? { state: "stopped" } : failed);
        } finally {
            if (this.#asking.get(id) === mine) this.#asking.delete(id);
        }
    }

    stop(id: number): void {
        this.#asking.get(id)?.abort();
    }

    #come(id: number, run: Run | null): void {
        const runs = new Map(this.runs.value);
        if (run === null) runs.delete(id);
        else runs.set(id, run);
        this.runs.value = runs;
    }
}
