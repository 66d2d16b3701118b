/* schema: writes schema/layout.schema.json from the vocabulary in src/core/layout.ts. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchema } from "../src/core/tab-file.ts";

const path = join(import.meta.dirname, "..", "schema", "layout.schema.json");
writeFileSync(path, `${JSON.stringify(jsonSchema(), null, 4)}\n`);
