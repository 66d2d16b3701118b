/* install: fetches, with the app's own Node, what npm passed over because an older Node had started it.
 *
 * Debian's npm runs on Node 18 and leaves out optional packages that want a newer one, such as the
 * bundler's native half. By the time this runs the app's own Node is there, and asks again.
 */

import { spawnSync } from "node:child_process";

const least = 22;
const [major] = process.versions.node.split(".").map(Number);
const npm = process.env.npm_execpath;

/** What the build cannot do without, and an old npm leaves out. */
async function isComplete() {
    try {
        await import("rolldown");
        return true;
    } catch {
        return false; // the native half is missing: that is what this is about
    }
}

function fail(message) {
    console.error(`install: ${message}`);
    process.exit(1);
}

if (!(await isComplete())) {
    if (major < least) fail(`the app's own Node ${least} is not in node_modules; run npm ci again`);
    if (npm === undefined) fail("run npm ci, not this script");
    const options = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { status } = spawnSync(process.execPath, [npm, ...options], { stdio: "inherit" });
    if (status !== 0) fail("the packages for this machine could not be fetched");
}
