/* file: a file of the server's own that takes the viewer's token, as bytes. */

import { failureOf, RequestFailed } from "./failure.ts";
import { bodyOf, exchangeBytes } from "./http.ts";

/** Only addresses of this server: the token is nobody else's. */
export function isOwnAddress(address: unknown): address is string {
    return typeof address === "string" && /^\/(?![/\\])[\w./~-]+$/.test(address);
}

export type ReadFile = (address: string, signal: AbortSignal) => Promise<Blob>;

/** Throws RequestFailed, or AbortError when the caller gave up. */
export async function readFile(
    path: string,
    token: string,
    signal: AbortSignal | undefined,
): Promise<Blob> {
    const { response, blob } = await exchangeBytes({ path, token, signal });
    if (!response.ok) throw new RequestFailed(failureOf(response, bodyOf(await blob.text())));
    return blob;
}
