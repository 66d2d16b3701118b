/* list: a few things below each other, each with a leading line and smaller ones. */

import type { ListPanel, Meter, Unfolding } from "../core/layout.ts";
import { rowsOf, valueAt } from "../core/path.ts";
import { holds } from "../core/rule.ts";
import { useReading } from "../ui/words.ts";
import { Acts } from "./acts.tsx";
import { fieldText, fieldView } from "./field.tsx";
import type { PanelProps } from "./registry.ts";
import { scopeOf } from "./scope.ts";
import { Trace } from "./trace.tsx";

/** A bar of how much; the lines say it in words. */
function Gauge({ meter, row, label }: { meter: Meter; row: unknown; label: string }) {
    const part = Number(valueAt(row, meter.part));
    const whole = Number(valueAt(row, meter.of));
    if (!Number.isFinite(part) || !Number.isFinite(whole) || whole <= 0) return null;
    return <progress class="gauge" value={part} max={whole} aria-label={label} />;
}

interface UnfoldsProps extends Pick<PanelProps<ListPanel>, "within" | "renderPanels"> {
    unfolds: Unfolding;
    row: unknown;
    name: string;
}

/** What is behind a row, closed until somebody wants to see it. */
function Unfolds({ unfolds, row, within, name, renderPanels }: UnfoldsProps) {
    const reading = useReading();
    const scope = scopeOf(reading, row, within);
    if (!holds(unfolds.when, scope)) return null;
    return (
        <details class="unfolds">
            <summary>{fieldView(unfolds.label, scope, reading)}</summary>
            {renderPanels(unfolds.panels, row, within, name)}
        </details>
    );
}

export function List({ panel, value, within, renderPanels }: PanelProps<ListPanel>) {
    const reading = useReading();
    const rows = rowsOf(value) ?? [];
    return (
        <ul class="list">
            {rows.map((row, index) => {
                const scope = scopeOf(reading, row, within);
                const name = fieldText(panel.lead, scope, reading);
                return (
                    <li key={index} data-row={index}>
                        <div class="list-words">
                            <div class="lead">{fieldView(panel.lead, scope, reading, name)}</div>
                            {panel.meter !== undefined && (
                                <Gauge meter={panel.meter} row={row} label={name} />
                            )}
                            {panel.lines?.map((line, place) => (
                                <div class="sub" key={place}>
                                    {fieldView(line, scope, reading)}
                                </div>
                            ))}
                        </div>
                        {panel.tag !== undefined && (
                            <div class="tag">{fieldView(panel.tag, scope, reading)}</div>
                        )}
                        <Acts uses={panel.rowActions} row={row} name={name} />
                        {panel.unfolds !== undefined && (
                            <Unfolds
                                unfolds={panel.unfolds}
                                {...{ row, within, name, renderPanels }}
                            />
                        )}
                        <Trace panel={panel} traced={panel.history} row={row} name={name} />
                    </li>
                );
            })}
        </ul>
    );
}
