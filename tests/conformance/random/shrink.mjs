/* shrink: the smallest question that still shows the same difference. */
import { Kind, parse, print } from "graphql";
import { tokensOf } from "./spacing.mjs";

const tries = 1500;

/* Without one part after the other, larger parts first, for as long as `fails` says that it still does. */
async function withoutParts(list, fails, budget) {
    let kept = list;
    for (let size = Math.max(1, kept.length >> 1); size >= 1; size >>= 1) {
        for (let from = 0; from < kept.length && budget.left > 0; ) {
            const shorter = [...kept.slice(0, from), ...kept.slice(from + size)];
            budget.left--;
            if (await fails(shorter)) kept = shorter;
            else from += size;
        }
    }
    return kept;
}

/* ---- by nodes ---- */

function* smaller(node, owner, key) {
    if (node === null || typeof node !== "object") return;
    if (Array.isArray(node)) {
        for (let i = 0; i < node.length; i++) {
            const [removed] = node.splice(i, 1);
            if (node.length > 0 || !["selections", "definitions"].includes(key)) yield;
            node.splice(i, 0, removed);
        }
        for (const each of node) yield* smaller(each, node, key);
        return;
    }
    for (const part of ["alias", "defaultValue", "typeCondition", "description"]) {
        if (node[part] === undefined) continue;
        const before = node[part];
        node[part] = undefined;
        yield;
        node[part] = before;
    }
    if (node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FIELD) yield* hoisted(node, owner);
    for (const [name, value] of Object.entries(node)) {
        if (name !== "loc" && typeof value === "object") yield* smaller(value, node, name);
    }
}

/* What is inside of a selection in its place. */
function* hoisted(node, owner) {
    const inside = node.selectionSet?.selections;
    const at = Array.isArray(owner) ? owner.indexOf(node) : -1;
    if (inside === undefined || at < 0) return;
    owner.splice(at, 1, ...inside);
    yield;
    owner.splice(at, inside.length, node);
}

/* Changes the tree for good where `fails` allows it, until nothing more can go. */
async function byNodes(text, fails, budget) {
    let document;
    try {
        document = parse(text);
    } catch {
        return text;
    }
    document = JSON.parse(
        JSON.stringify(document, (key, value) => (key === "loc" ? undefined : value)),
    );
    let smallest = print(document);
    if (!(await fails(smallest))) return text;
    for (let again = true; again; ) {
        again = false;
        for (const _ of smaller(document)) {
            if (budget.left-- <= 0) return smallest;
            let candidate;
            try {
                candidate = print(document);
            } catch {
                continue;
            }
            if (await fails(candidate)) {
                smallest = candidate;
                again = true;
                break; /* the generator is dropped before it puts the part back */
            }
        }
    }
    return smallest;
}

/* ---- by tokens and characters ---- */

async function byTokens(text, fails, budget) {
    const tokens = tokensOf(text);
    const parts = tokens ?? [...text];
    const join = list => list.join(tokens === undefined ? "" : " ");
    if (tokens !== undefined && !(await fails(join(tokens))))
        return byCharacters(text, fails, budget);
    return join(await withoutParts(parts, shorter => fails(join(shorter)), budget));
}

async function byCharacters(text, fails, budget) {
    return (await withoutParts([...text], shorter => fails(shorter.join("")), budget)).join("");
}

async function shrinkText(text, fails) {
    const budget = { left: tries };
    const pruned = await byNodes(text, fails, budget);
    return pruned.length < 2000 ? byTokens(pruned, fails, budget) : pruned;
}

async function shrinkVariables(text, fails) {
    const members = Object.entries(JSON.parse(text));
    const join = list =>
        `{${list.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
    if (!(await fails(join(members)))) return text;
    return join(await withoutParts(members, shorter => fails(join(shorter)), { left: 100 }));
}

/* `differs(question)` says whether the question still shows the difference. */
export async function shrink(question, differs) {
    let smallest = question;
    const part = question.query === undefined ? "source" : "query";
    for (const key of ["operationName", "variables"]) {
        if (smallest[key] !== undefined && (await differs({ ...smallest, [key]: undefined })))
            smallest = { ...smallest, [key]: undefined };
    }
    for (let round = 0; round < 2; round++) {
        const before = JSON.stringify(smallest);
        if (smallest[part] !== undefined)
            smallest = {
                ...smallest,
                [part]: await shrinkText(smallest[part], text =>
                    differs({ ...smallest, [part]: text }),
                ),
            };
        if (smallest.schema !== undefined && smallest.hide === undefined)
            smallest = {
                ...smallest,
                schema: await shrinkText(smallest.schema, text =>
                    differs({ ...smallest, schema: text }),
                ),
            };
        if (smallest.variables !== undefined)
            smallest = {
                ...smallest,
                variables: await shrinkVariables(smallest.variables, text =>
                    differs({ ...smallest, variables: text }),
                ),
            };
        if (JSON.stringify(smallest) === before) break;
    }
    return smallest;
}
