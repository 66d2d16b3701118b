/* list: a few things below each other, each with a leading line and smaller ones. */

import type { ListPanel } from "../core/layout.ts";
import { rowsOf } from "../core/path.ts";
import { useReading } from "../ui/words.ts";
import { fieldText, fieldView } from "./field.tsx";
import type { PanelProps } from "./registry.ts";
import { scopeOf } from "./scope.ts";

export function List({ panel, value, within }: PanelProps<ListPanel>) {
    const reading = useReading();
    const rows = rowsOf(value) ?? [];
    return (
        <ul class="list">
            {rows.map((row, index) => {
                const scope = scopeOf(reading, row, within);
                const name = fieldText(panel.lead, scope, reading);
                return (
                    <li key={index}>
                        <div class="list-words">
                            <div class="lead">{fieldView(panel.lead, scope, reading, name)}</div>
                            {panel.lines?.map((line, place) => (
                                <div class="sub" key={place}>
                                    {fieldView(line, scope, reading)}
                                </div>
                            ))}
                        </div>
                        {panel.tag !== undefined && (
                            <div class="tag">{fieldView(panel.tag, scope, reading)}</div>
                        )}
                    </li>
                );
            })}
        </ul>
    );
}
