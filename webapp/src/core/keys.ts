/* keys: recognises shortcuts such as "/", "3" or "g o" and leaves everything else to the browser. */

export interface Stroke {
    key: string;
    ctrlKey: boolean;
    metaKey: boolean;
    altKey: boolean;
    /** Whether the key goes into a field. */
    typing: boolean;
}

/** A second key has to come soon after the first one. */
const together_ms = 1200;

export interface Keys {
    /** The shortcut that this stroke completes, or null. */
    press(stroke: Stroke, now_ms: number): string | null;
}

/** AltGr is Ctrl+Alt on some systems and types letters there: combinations with it are never shortcuts. */
function isPlain(stroke: Stroke): boolean {
    return !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey && !stroke.typing;
}

export function createKeys(known: (shortcut: string) => boolean, singles: () => boolean): Keys {
    let first: { key: string; at_ms: number } | null = null;
    return {
        press(stroke, now_ms) {
            const before = first !== null && now_ms - first.at_ms < together_ms ? first.key : null;
            first = null;
            const modified = (stroke.ctrlKey || stroke.metaKey) && !stroke.altKey;
            if (modified && known(`mod+${stroke.key.toLowerCase()}`))
                return `mod+${stroke.key.toLowerCase()}`;
            if (!isPlain(stroke) || !singles() || stroke.key.length !== 1) return null;
            if (before !== null && known(`${before} ${stroke.key}`))
                return `${before} ${stroke.key}`;
            if (known(stroke.key)) return stroke.key;
            first = { key: stroke.key, at_ms: now_ms };
            return null;
        },
    };
}
