/* file: a file of the server's own that takes the viewer's token, as bytes. */

import { failureOf, RequestFailed } from "./failure.ts";
import { type Bytes, bodyOf, exchangeBytes, exchangeFile } from "./http.ts";

/** Only addresses of this server: the token is nobody else's. */
export function isOwnAddress(address: unknown): address is string {
    return typeof address === "string" && /^\/(?![/\\])[\w./~-]+$/.test(address);
}

export type ReadFile = (address: string, signal: AbortSignal) => Promise<Blob>;

async function accept({ response, blob }: Bytes): Promise<Blob> {
    if (response.ok) return blob;
    throw new RequestFailed(failureOf(response, bodyOf(await blob.text())));
}

/** Throws RequestFailed, or AbortError when the caller gave up. */
export async function readFile(
    path: string,
    token: string,
    signal: AbortSignal | undefined,
): Promise<Blob> {
    return accept(await exchangeBytes({ path, token, signal }));
}

/** A list of a customer's account, as a layout's panel says. */
export interface List {
    customer: string;
    tab: string;
    panel: string;
    variables: Record<string, unknown>;
    /** null: as it is now. */
    asOf: string | null;
}

export interface NamedFile {
    name: string;
    blob: Blob;
}

/** The name that the server gave a file. */
export function fileNameOf(response: Response): string {
    const given = response.headers.get("content-disposition") ?? "";
    return /filename="([\w.-]+)"/.exec(given)?.[1] ?? "list.csv";
}

/** The whole list as a file for spreadsheets; throws RequestFailed. */
export async function readList(body: List, token: string): Promise<NamedFile> {
    const bytes = await exchangeFile({ path: "/export", body, token, accept: "text/csv" });
    return { blob: await accept(bytes), name: fileNameOf(bytes.response) };
}

/** Hands a file to the browser's downloads. */
export function saveFile({ name, blob }: NamedFile): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // The browser has taken the address by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
