/* explorer: the explorer's logic: examples, checks, the catalogue, sharing, what is kept. */

import { buildSchema, introspectionFromSchema, parse, validate } from "graphql";
import { beforeEach, describe, expect, it } from "vitest";
import { addressOf, placeOf } from "../../src/core/route.ts";
import { catalogueOf, defaultOf, find, rootsOf, usesOf } from "../../src/explorer/catalogue.ts";
import {
    formatted,
    operationAt,
    problemsOf,
    variableProblems,
    variablesOf,
} from "../../src/explorer/check.ts";
import { exampleOf, examplesOf } from "../../src/explorer/examples.ts";
import { tellOf } from "../../src/explorer/hover.ts";
import { schemaOf } from "../../src/explorer/schema.ts";
import { outcomeOf } from "../../src/explorer/send.ts";
import { curlOf, linkOf } from "../../src/explorer/sharing.ts";
import { keep, readKept, titleOf, withRun } from "../../src/explorer/sheets.ts";
import { de } from "../../src/explorer/words/de.ts";
import { en } from "../../src/explorer/words/en.ts";
import { repository, textOf } from "./files.ts";

const schema = schemaOf(
    introspectionFromSchema(buildSchema(textOf(repository, "docs", "schema.graphql"))),
);
const small = buildSchema(`
    "Where to begin."
    type Query {
        "One thing."
        thing("Which." id: ID!, size: Size = BIG): Thing
        old: Int @deprecated(reason: "Ask for thing.")
    }
    type Thing { id: ID! count(first: Int): Int parts: [Thing!]! }
    enum Size { SMALL BIG }
    input Wish { text: String! size: Size! note: String }
    type Mutation { wish(input: Wish!): Thing }
`);

describe("examples", () => {
    it.each(examplesOf(schema).map(example => [example.name, example] as const))(
        "%s is a query that the schema takes, with its description and JSON for its variables",
        (_name, { document, variables, description }) => {
            expect(validate(schema, parse(document))).toEqual([]);
            expect(document.startsWith(`# ${description.split("\n")[0]}`)).toBe(true);
            expect(variablesOf(variables).problem).toBeNull();
        },
    );
    it("begin with one that runs as it is", () => {
        expect(examplesOf(schema)[0]?.variables).toBe("");
    });
    it("leave out what is deprecated, and fill what must be given", () => {
        expect(examplesOf(small).map(({ name }) => name)).toEqual(["thing"]);
        const wish = small.getMutationType()?.getFields().wish;
        if (wish === undefined) throw new Error("the schema lost its mutation");
        const { document, variables } = exampleOf(wish, "mutation");
        expect(document).toContain("mutation Wish($input: Wish!)");
        expect(JSON.parse(variables)).toEqual({ input: { text: "", size: "SMALL" } });
    });
    it("end where types contain themselves", () => {
        expect(examplesOf(small)[0]?.document.length).toBeLessThan(400);
    });
});

describe("a document is checked before it is sent", () => {
    it("where it cannot be read, at the place", () => {
        const [problem] = problemsOf(small, "{ thing(id: 1) {");
        expect(problem).toMatchObject({ from: 16, severity: "error" });
    });
    it("where the schema knows no such field, its name and no more", () => {
        const document = "{ thing(id: 1) { id nothing { x } } }";
        const [problem] = problemsOf(small, document);
        expect(document.slice(problem?.from, problem?.to)).toBe("nothing");
        expect(problem?.message).toContain('Cannot query field "nothing"');
    });
    it("warns of what is deprecated", () => {
        expect(problemsOf(small, "{ old }")).toMatchObject([{ severity: "warning" }]);
    });
    it("says nothing of a sheet with nothing but remarks", () => {
        expect(problemsOf(small, "# later\n\n")).toEqual([]);
    });
    it("runs the operation that the cursor is in, unless one was chosen", () => {
        const document = "query A { old }\nquery B { old }";
        const tree = parse(document);
        expect(operationAt(tree, 20, null)?.name?.value).toBe("B");
        expect(operationAt(tree, 20, "A")?.name?.value).toBe("A");
        expect(operationAt(tree, 20, "gone")?.name?.value).toBe("B");
    });
});

describe("variables are checked before they are sent", () => {
    const tree = parse("query Q($id: ID!, $size: Size) { thing(id: $id, size: $size) { id } }");
    const problems = (values: Record<string, unknown>) => {
        const operation = operationAt(tree, 0, null);
        if (operation === undefined) throw new Error("no operation");
        return variableProblems(small, operation, values, name => `no ${name}`);
    };
    it("as JSON, and as an object", () => {
        expect(variablesOf(" ")).toEqual({ values: undefined, problem: null });
        expect(variablesOf("{")).toMatchObject({ problem: "not JSON" });
        expect(variablesOf("[1]")).toMatchObject({ problem: "not an object" });
        expect(variablesOf('{"a": 1}')).toEqual({ values: { a: 1 }, problem: null });
    });
    it("what is missing, wrong or of no use is named", () => {
        expect(problems({ id: "1" })).toEqual([]);
        expect(problems({})).toMatchObject([{ name: "id", severity: "error" }]);
        expect(problems({ id: "1", size: "HUGE" })).toMatchObject([{ name: "size" }]);
        expect(problems({ id: "1", x: 1 })).toEqual([
            { name: "x", severity: "warning", message: "no x" },
        ]);
    });
});

describe("laying out", () => {
    it("keeps the remarks above a query", () => {
        expect(formatted("# why\n{thing(id:1){id}}")).toBe(
            "# why\n{\n  thing(id: 1) {\n    id\n  }\n}\n",
        );
    });
    it("is refused where a remark would be lost or nothing can be read", () => {
        expect(formatted("{ old # really\n }")).toBeNull();
        expect(formatted("{ old")).toBeNull();
    });
    it("takes a # in a text for what it is", () => {
        expect(formatted('{thing(id:"#1"){id}}')).toContain('"#1"');
    });
});

describe("the catalogue", () => {
    const catalogue = catalogueOf(small);
    it("finds names before descriptions, and beginnings before middles", () => {
        expect(find(catalogue, "thing", 9)[0]?.coordinate).toBe("Thing");
        expect(find(catalogue, "begin", 9)[0]?.coordinate).toBe("Query");
        expect(find(catalogue, "  ", 9)).toEqual([]);
    });
    it("finds arguments and values by their coordinates", () => {
        expect(find(catalogue, "Query.thing(id", 9)[0]?.spot).toMatchObject({ member: "thing" });
        expect(find(catalogue, "SMALL", 9)[0]?.coordinate).toBe("Size.SMALL");
    });
    it("leaves out introspection, and marks what is deprecated", () => {
        expect(catalogue.filter(({ name }) => name.startsWith("__"))).toEqual([]);
        expect(catalogue.find(({ name }) => name === "old")?.deprecated).toBe(true);
    });
    it("knows where a type is used, what is there unless told, and the roots", () => {
        expect(usesOf(small, "Size").map(({ coordinate }) => coordinate)).toEqual([
            "Query.thing",
            "Wish.size",
        ]);
        const size = small.getQueryType()?.getFields().thing?.args[1];
        expect(size && defaultOf(size)).toBe("BIG");
        expect(rootsOf(small).map(({ operation }) => operation)).toEqual(["query", "mutation"]);
    });
});

describe("what the schema says of the name under the pointer", () => {
    const at = (document: string, word: string) =>
        tellOf(small, document, 0, document.indexOf(word));
    it("fields, arguments, values", () => {
        const document = "{ thing(id: 1, size: BIG) { id } old }";
        expect(at(document, "thing")).toMatchObject({
            coordinate: "Query.thing: Thing",
            description: "One thing.",
        });
        expect(at(document, "id:")?.coordinate).toBe("Query.thing(id:): ID!");
        expect(at(document, "BIG")?.coordinate).toBe("Size.BIG");
        expect(at(document, "old")?.deprecated).toBe("Ask for thing.");
    });
    it("nothing of what it does not know", () => {
        expect(at("{ nothing }", "nothing")).toBeNull();
    });
});

describe("sharing", () => {
    const asked = { document: "{ a(b: 'c') }", variables: { d: "e'f" }, operationName: undefined };
    it("as curl: quoted for a shell, with a place for the token and not the token", () => {
        const command = curlOf("https://dossier.example", asked);
        expect(command).toContain("'https://dossier.example/graphql'");
        expect(command).toContain("Bearer $DOSSIER_TOKEN");
        const data = command.slice(command.indexOf("--data '") + 8, -1).replaceAll("'\\''", "'");
        expect(JSON.parse(data)).toEqual({ query: asked.document, variables: { d: "e'f" } });
    });
    it("as a link that leads back to the same query", () => {
        const document = "query Q($id: ID!) { thing(id: $id) { id } } # & = ? ü";
        const link = linkOf("https://dossier.example", document, '{"id": "1"}');
        const { pathname, search } = new URL(link ?? "");
        const place = { page: "explorer", query: document, variables: '{"id": "1"}' };
        expect(placeOf(pathname, search)).toEqual(place);
    });
    it("not as a link that no server would take", () => {
        expect(linkOf("https://dossier.example", "x".repeat(9000), "")).toBeNull();
    });
    it("the explorer alone has a short address", () => {
        expect(addressOf({ page: "explorer", query: "", variables: "" })).toBe("/explorer");
    });
});

describe("what is kept", () => {
    beforeEach(() => localStorage.clear());
    it("is documents, and gone for anybody else", () => {
        keep(localStorage, "me", { open: ["{ a }"], ran: ["{ b }"] });
        expect(readKept(localStorage, "me")).toEqual({ open: ["{ a }"], ran: ["{ b }"] });
        expect(readKept(localStorage, "you")).toEqual({ open: [], ran: [] });
        expect(localStorage.length).toBe(0);
    });
    it("may have been written by anybody", () => {
        for (const text of ["{", "7", "null", '{"login":"me","open":7,"ran":[1,{}]}']) {
            localStorage.setItem("dossier-explorer", text);
            expect(readKept(localStorage, "me")).toEqual({ open: [], ran: [] });
        }
    });
    it("holds each document that ran once, the latest first, and not without end", () => {
        expect(withRun(["a", "b"], "b")).toEqual(["b", "a"]);
        const many = Array.from({ length: 80 }, (_, index) => String(index));
        expect(withRun(many, "x").length).toBe(50);
    });
    it("is called by its operation, else by its first field", () => {
        expect(titleOf("# query Not\nquery Mine { a }")).toBe("Mine");
        expect(titleOf("{ first second }")).toBe("first");
        expect(titleOf("")).toBeNull();
    });
});

describe("an answer", () => {
    it("is laid out, measured, and its errors are taken apart", () => {
        const text =
            '{"errors":[{"message":"no","locations":[{"line":1,"column":3}],"path":["a",0],"extensions":{"code":"X"}}]}';
        const outcome = outcomeOf(400, text, 12);
        expect(outcome.errors).toEqual([
            { message: "no", code: "X", path: "a.0", places: [{ line: 1, column: 3 }] },
        ]);
        expect(outcome.bytes).toBe(text.length);
        expect(outcome.text.split("\n").length).toBeGreaterThan(5);
    });
    it("that is not JSON, or not as errors are, is shown as it came", () => {
        expect(outcomeOf(502, "<h1>no</h1>", 1)).toMatchObject({ text: "<h1>no</h1>", errors: [] });
        const odd = outcomeOf(200, '{"errors":[7,{"locations":[{"line":"1"}]}]}', 1);
        expect(odd.errors.map(({ places }) => places)).toEqual([[], []]);
    });
});

describe("the explorer's words", () => {
    it("are there in every language, none of them empty", () => {
        const texts = (words: object) =>
            Object.entries(words).flatMap(([name, text]) =>
                typeof text === "string" ? [[name, text] as const] : [],
            );
        expect(Object.keys(de)).toEqual(Object.keys(en));
        for (const [name, text] of [...texts(en), ...texts(de)]) expect(text, name).not.toBe("");
    });
});
