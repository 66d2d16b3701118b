/* desk: what forms need of the app around them: who is there, whom it is about, and how the server is asked. */

import type { Answer, Document } from "../core/gql.ts";
import { inputTypeDocument } from "../core/later-documents.ts";
import { type InputType, readInputType } from "./input-type.ts";

export interface Desk {
    login: string;
    customer: string;
    /** Throws RequestFailed. */
    ask: <D, V>(document: Document<D, V>, variables: V) => Promise<Answer<D>>;
    /** Something was done: reads the account again, as it is another one now. With the thing that the answer is about. */
    again: (result?: unknown) => void;
}

/** What inputs are made of does not change while the app runs, but with who is there. */
const known = new Map<string, InputType>();

/** Null: the viewer sees no such type. */
export async function inputType(desk: Desk, name: string): Promise<InputType | null> {
    const place = `${desk.login} ${name}`;
    const found = known.get(place);
    if (found !== undefined) return found;
    const { data } = await desk.ask(inputTypeDocument, { name });
    const type = readInputType(data.__type);
    if (type !== null) known.set(place, type);
    return type;
}

/** Random where the browser is, however it was reached: 32 hexadecimal digits. */
export function newKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}
