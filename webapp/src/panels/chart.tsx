/* chart: bars by day, one row of them for each series, and the same as a table. */

import { barsOf } from "../core/bars.ts";
import { say, show } from "../core/format.ts";
import type { ChartPanel, Series } from "../core/layout.ts";
import { rowsOf, valueAt } from "../core/path.ts";
import { useReading } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";

const height = 64;
const step = 10;
/** Fewer days leave room free: a single one is no wall. */
const fewest = 14;

/** Above the bars stands how high the highest is; each bar tells its day and value. */
function Bars({ series, rows, x }: { series: Series; rows: unknown[]; x: string }) {
    const { locale } = useReading();
    const bars = barsOf(rows, x, series.key);
    const read = (value: unknown) => show(value, series.fmt, locale)?.text ?? "–";
    const date = (day: string | undefined) => show(day, "date", locale)?.text ?? "";
    const highest = bars.find(bar => bar.height === 1);
    const label = say(series.label, locale.language);
    return (
        <figure class="bars">
            <figcaption>
                <span>{label}</span>
                <span class="quiet">{highest === undefined ? "–" : read(highest.value)}</span>
            </figcaption>
            <svg
                viewBox={`0 0 ${Math.max(bars.length, fewest) * step} ${height}`}
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                {bars.map((bar, at) => {
                    const tall = Math.max(bar.height * height, bar.height > 0 ? 1.5 : 0);
                    return (
                        <g key={bar.day}>
                            <title>{`${date(bar.day)}: ${read(bar.value)}`}</title>
                            <rect class="ground" x={at * step} width={step} height={height} />
                            <rect
                                class="bar"
                                x={at * step + 1.5}
                                y={height - tall}
                                width={step - 3}
                                height={tall}
                            />
                        </g>
                    );
                })}
            </svg>
            <div class="axis quiet" aria-hidden="true">
                <span>{date(bars[0]?.day)}</span>
                {bars.length > 1 && <span>{date(bars.at(-1)?.day)}</span>}
            </div>
        </figure>
    );
}

export function Chart({ panel, value, label }: PanelProps<ChartPanel>) {
    const { locale, messages } = useReading();
    const rows = rowsOf(value) ?? [];
    return (
        <div class="chart">
            <div class="chart-rows">
                {panel.series.map(series => (
                    <Bars key={series.key} series={series} rows={rows} x={panel.x} />
                ))}
            </div>
            <details>
                <summary>{messages.asTable}</summary>
                <table class="chart-table">
                    <caption class="unseen">{label}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{messages.day}</th>
                            {panel.series.map(series => (
                                <th key={series.key} scope="col">
                                    {say(series.label, locale.language)}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map((row, at) => (
                            <tr key={at}>
                                <th scope="row">
                                    {show(valueAt(row, panel.x), "date", locale)?.text}
                                </th>
                                {panel.series.map(({ key, fmt }) => (
                                    <td key={key}>{show(valueAt(row, key), fmt, locale)?.text}</td>
                                ))}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </details>
        </div>
    );
}
