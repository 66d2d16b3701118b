/* compress: puts a .br and a .gz beside each file of dist that gets smaller by it; the same bytes each time. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "dist");
const compressible = new Set([".html", ".js", ".css", ".svg", ".json", ".txt"]);

function brotli(bytes) {
    const params = {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return brotliCompressSync(bytes, { params });
}

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const smaller = { ".br": brotli(bytes), ".gz": gzipSync(bytes, { level: 9, memLevel: 9 }) };
    for (const [suffix, packed] of Object.entries(smaller))
        if (packed.length < bytes.length) writeFileSync(path + suffix, packed);
}
