/* moment: a time that has passed, at which an account is looked at: in addresses, in fields, for people. */

export type MomentProblem = "unreadable" | "future" | "early";

const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z$/;
/** The clocks of the server and of this machine may be that far apart. */
const apart_ms = 5_000;
/** Nothing was written before computers counted from here. */
const first_ms = 0;

/** What keeps a text from being a moment to look at; null when nothing does. */
export function momentProblem(moment: string, now: Date): MomentProblem | null {
    const time = written.test(moment) ? Date.parse(moment) : Number.NaN;
    if (Number.isNaN(time)) return "unreadable";
    if (time > now.getTime() + apart_ms) return "future";
    return time < first_ms ? "early" : null;
}

/** What a field for a day and a time of day holds, as a moment; empty when it holds none. */
export function momentOfField(value: string): string {
    const found = new Date(value); // without an offset: where the viewer is
    return Number.isNaN(found.getTime()) ? "" : found.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A moment as such a field wants it: 2026-10-01T09:30:00 where the viewer is; empty for what is none. */
export function fieldOfMoment(moment: string | Date): string {
    const found = new Date(moment);
    if (Number.isNaN(found.getTime())) return "";
    const offset_ms = found.getTimezoneOffset() * 60_000;
    return new Date(found.getTime() - offset_ms).toISOString().slice(0, 19);
}
