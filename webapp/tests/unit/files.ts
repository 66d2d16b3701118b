/* files: reads what the tests compare with: the shipped tabs, the schema, the texts. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const webapp = join(import.meta.dirname, "..", "..");
export const repository = join(webapp, "..");

export function textOf(...path: string[]): string {
    return readFileSync(join(...path), "utf8");
}

export function filesIn(folder: string, ending: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && entry.name.endsWith(ending))
        .map(entry => join(entry.parentPath, entry.name))
        .sort();
}

export interface ShippedTab {
    key: string;
    file: unknown;
    fragment: string;
}

export function shippedTabs(): ShippedTab[] {
    const folder = join(repository, "db", "tabs");
    return readdirSync(folder, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => ({
            key: name,
            file: JSON.parse(textOf(folder, name, "tab.json")),
            fragment: textOf(folder, name, "fragment.graphql"),
        }));
}
