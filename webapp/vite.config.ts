/* vite.config: builds the app: the same bytes each time, nothing inline, documents known by their hash. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const languageService = join(
    import.meta.dirname,
    "node_modules/graphql-language-service/esm/index.js",
);
const documentsFolder = join(import.meta.dirname, "documents");

/** The documents the app asks for: name → text, without what surrounds it. */
function documents(): Map<string, string> {
    const files = readdirSync(documentsFolder).filter(file => file.endsWith(".graphql"));
    return new Map(
        files.sort().map(file => {
            const text = readFileSync(join(documentsFolder, file), "utf8");
            return [basename(file, ".graphql"), text.replaceAll("\r\n", "\n").trim()];
        }),
    );
}

function idOf(text: string): string {
    return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}

/** The documents of the first page; hashes do not compress, so those of all others arrive with what asks them. */
const firstDocuments = ["Viewer", "EnumLabels", "SearchCustomers"];
const documentModules = ["virtual:documents", "virtual:later-documents"];

/** Gives the app the ids of its documents, and the server their texts: it trusts exactly these. */
function trustedDocuments(): Plugin {
    return {
        name: "trusted-documents",
        resolveId: id => (documentModules.includes(id) ? `\0${id}` : undefined),
        load(id) {
            if (!documentModules.includes(id.slice(1))) return undefined;
            const first = id.slice(1) === documentModules[0];
            const ids = [...documents()]
                .filter(([key]) => firstDocuments.includes(key) === first)
                .map(([key, text]) => [key, idOf(text)]);
            return `export const documentIds = ${JSON.stringify(Object.fromEntries(ids))};`;
        },
        generateBundle() {
            const texts = [...documents().values()].map(text => [idOf(text), text]);
            const source = `${JSON.stringify(Object.fromEntries(texts), null, 4)}\n`;
            this.emitFile({ type: "asset", fileName: "documents.json", source });
        },
    };
}

export default defineConfig({
    plugins: [trustedDocuments(), licences()],
    build: {
        target: ["chrome123", "edge123", "firefox121", "safari17.5"],
        rolldownOptions: { input: ["index.html", "reset.html"] }, // the app, and what needs no sign-in
        assetsDir: "assets",
        assetsInlineLimit: 0, // data: is not 'self'
        modulePreload: false,
        sourcemap: false,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 700, // the explorer, which comes when it is opened; scripts/budget.mjs watches
    },
    server: { host: "127.0.0.1", port: 5173, proxy: proxy(process.env.DOSSIER_URL) },
    test: {
        environment: "happy-dom",
        include: ["tests/unit/**/*.test.{ts,tsx}"],
        // One graphql-js for all, as in the build: two of them do not know each other's types.
        alias: { "graphql-language-service": languageService },
        server: { deps: { inline: [/graphql/] } },
    },
});

/** The folder of the package that a bundled file belongs to; undefined for what is ours. */
function packageOf(file: string): string | undefined {
    return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** What others made and the app carries along comes with the words its makers ask for. */
function licences(): Plugin {
    const font = join(import.meta.dirname, "node_modules", "@fontsource-variable/inter");
    const textOf = (folder: string) => {
        const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
        if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
        const { license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        return [license, author?.name ?? author].filter(Boolean).join(", ");
    };
    return {
        name: "licences",
        generateBundle(_options, bundle) {
            const files = Object.values(bundle).flatMap(chunk =>
                chunk.type === "chunk" ? Object.keys(chunk.modules) : [],
            );
            const folders = new Set([font, ...files.flatMap(file => packageOf(file) ?? [])]);
            // By name and not by folder: packages may be linked from elsewhere.
            const parts = [...folders]
                .map(folder => {
                    const name = folder.slice(folder.lastIndexOf("/node_modules/") + 14);
                    return `${name}\n\n${textOf(folder)}\n`;
                })
                .sort();
            const source = parts.join(`\n${"-".repeat(80)}\n\n`);
            this.emitFile({ type: "asset", fileName: "licences.txt", source });
        },
    };
}

/** While developing, a running server answers what the app asks. */
function proxy(server: string | undefined) {
    return server === undefined ? undefined : { "/graphql": server, "/auth": server };
}
