/* marked: a text in which the letters that were searched for stand out. */

import type { Piece } from "../core/match.ts";

export function Marked({ pieces }: { pieces: Piece[] }) {
    return (
        <bdi>
            {pieces.map(({ text, hit }, index) =>
                hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
            )}
        </bdi>
    );
}
