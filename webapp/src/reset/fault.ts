/* fault: what the server would say of a password, told before it is sent; the server decides. */

const most_characters = 128;
const least_different = 5;

export type Fault = "SHORT" | "LONG" | "PLAIN";

/** Null: nothing is known to be wrong with it. */
export function faultOf(password: string, least: number): Fault | null {
    const characters = [...password];
    if (characters.length < least) return "SHORT";
    if (characters.length > most_characters) return "LONG";
    return new Set(characters).size < least_different ? "PLAIN" : null;
}
