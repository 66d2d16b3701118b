/* server: the running server that is tested: its address, its sign-ins, and customers it holds. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

function needed(name, words) {
    const value = process.env[name];
    assert.ok(value, `set ${name} to ${words}`);
    return value;
}

export const address = needed("DOSSIER_URL", "the address of a running server").replace(/\/$/, "");

const access = JSON.parse(
    readFileSync(needed("DOSSIER_ACCESS", "the path of its demo-access.json"), "utf8"),
);

/** Everybody of a kind who signs in with a password. */
export function usersOf(kind) {
    const users = access.filter(user => user.kind === kind && user.username);
    assert.ok(users.length > 0, `demo-access.json has a sign-in of kind ${kind}`);
    return users;
}

/** The ids of the app's documents by the names of their operations. */
const documentIds = new Map(
    Object.entries(
        JSON.parse(readFileSync(join(root, "webapp", "dist", "documents.json"), "utf8")),
    ).map(([id, text]) => [/(?:query|mutation) (\w+)/.exec(text)[1], id]),
);

export function documentId(name) {
    return documentIds.get(name);
}

const beginnings = ["ma", "an", "jo", "sa", "th", "be", "el", "ka", "le", "mi", "ke"];

async function json(path, body, token) {
    const response = await fetch(address + path, {
        method: "POST",
        headers: {
            "content-type": "application/json",
            accept: "application/json",
            ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, `${path} answered ${response.status}`);
    return response.json();
}

/** Sign-ins hold for a quarter of an hour. */
const signedIn_ms = 10 * 60_000;

/** One who asks without a browser, for however long it takes. */
export async function signIn({ username, password }) {
    const login = async () => ({
        at: Date.now(),
        token: (await json("/auth/login", { username, password })).accessToken,
    });
    let session = await login();
    return {
        async ask(id, variables) {
            if (Date.now() - session.at > signedIn_ms) session = await login();
            const answer = await json("/graphql", { documentId: id, variables }, session.token);
            assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
            return answer.data;
        },
    };
}

/** Two letters that more than one customer's name begins with. */
export async function sharedBeginning(client) {
    for (const search of beginnings) {
        const { customers } = await client.ask(documentId("SearchCustomers"), { search, first: 2 });
        if (customers.nodes.length > 1) return search;
    }
    throw new Error("the server holds too few demo customers");
}

/** Customers whom a search finds, found by what names begin with. */
export async function someCustomers(client, enough) {
    const found = new Map();
    for (const search of beginnings) {
        const variables = { search, first: 25 };
        const { customers } = await client.ask(documentId("SearchCustomers"), variables);
        for (const customer of customers.nodes) found.set(customer.id, customer);
        if (found.size >= enough) break;
    }
    assert.ok(found.size > 0, "the server holds demo customers");
    return [...found.values()];
}

/** Customers whom a search finds. */
export async function found(client, search) {
    const { customers } = await client.ask(documentId("SearchCustomers"), { search, first: 5 });
    assert.ok(customers.nodes.length > 0, `${search} is found`);
    return customers.nodes;
}
