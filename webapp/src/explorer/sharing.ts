/* sharing: a query as a command for a terminal and as a link. */

import { addressOf } from "../core/route.ts";
import { type Asked, accept, bodyFor, path } from "./send.ts";

/** In a shell nothing is special between single quotes but a single quote. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The token is left to the shell's environment: it has no place in notes, chats and histories. */
export function curlOf(origin: string, asked: Asked): string {
    return [
        `curl ${quoted(origin + path)}`,
        `-H "authorization: Bearer $DOSSIER_TOKEN"`,
        `-H 'content-type: application/json'`,
        `-H 'accept: ${accept}'`,
        `--data ${quoted(JSON.stringify(bodyFor(asked)))}`,
    ].join(" \\\n    ");
}

/* A server takes 16 kB of request head; what is longer is better sent as a file. */
const longest = 8000;

/** A link that opens the explorer with a query; null when it would be too long. */
export function linkOf(origin: string, document: string, variables: string): string | null {
    const shared = variables.trim() === "{}" ? "" : variables.trim();
    const link = origin + addressOf({ page: "explorer", query: document, variables: shared });
    return link.length > longest ? null : link;
}
