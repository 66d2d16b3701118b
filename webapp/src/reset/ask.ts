/* ask: what the page asks the server, and what came of it. */

export type Outcome =
    | { kind: "fine"; body: unknown }
    | { kind: "gone" }
    | { kind: "often"; seconds: number }
    | { kind: "fault"; fault: string }
    | { kind: "failed" };

const limit_ms = 15_000;

function faultOf(body: unknown): string {
    const error = (body as { error?: { fault?: unknown } } | null)?.error;
    return typeof error?.fault === "string" ? error.fault : "";
}

async function read(response: Response): Promise<Outcome> {
    if (response.status === 204) return { kind: "fine", body: null };
    if (response.status === 404 || response.status === 400) return { kind: "gone" };
    if (response.status === 429)
        return { kind: "often", seconds: Number(response.headers.get("retry-after")) || 60 };
    const body: unknown = await response.json();
    if (response.status === 422) return { kind: "fault", fault: faultOf(body) };
    return response.ok ? { kind: "fine", body } : { kind: "failed" };
}

/** The token and the password travel in the body: addresses are written into logs. */
export async function ask(path: string, sent: Record<string, string>): Promise<Outcome> {
    try {
        const response = await fetch(path, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(sent),
            cache: "no-store",
            redirect: "error",
            signal: AbortSignal.timeout(limit_ms),
        });
        return await read(response);
    } catch {
        return { kind: "failed" }; // nothing came, or no JSON
    }
}
