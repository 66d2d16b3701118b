/* audit: is this server one that speaks GraphQL over HTTP? The 61 audits of graphql-http, told one by one.
 *
 *     node tests/conformance/audit.mjs URL [TOKEN]        (URL as http://127.0.0.1:8080/graphql)
 *
 * The token goes into the Authorization header, as a bearer's. Prints each audit that is not ok and a
 * last line, "N passed, N failed"; ends with 1 when there is any.
 */
import { auditServer } from "graphql-http";

const [url, token] = process.argv.slice(2);
if (url === undefined || !URL.canParse(url)) {
    console.error("usage: node tests/conformance/audit.mjs URL [TOKEN], URL as http://127.0.0.1:8080/graphql");
    process.exit(2);
}

function fetchFn(input, init = {}) {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
}

/* So that a server that is not there is told as such, and not as 61 failures. */
async function checkReachable() {
    try {
        await fetchFn(url, { method: "POST", headers: { "content-type": "application/json" }, body: '{"query":"{ __typename }"}' });
    } catch (error) {
        console.error(`${url} cannot be reached: ${error.cause?.message ?? error.message}`);
        process.exit(2);
    }
}

await checkReachable();
const results = await auditServer({ url, fetchFn });
const failed = results.filter(({ status }) => status !== "ok");
for (const { status, id, name, reason, response } of failed) {
    console.log(`${status} ${id} ${name}`);
    console.log(`#   ${reason}; status ${response?.status}`);
}
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1;
