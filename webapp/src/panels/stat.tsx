/* stat: a few figures that answer the first question at a glance. */

import { figureOf } from "../core/figure.ts";
import { say, show } from "../core/format.ts";
import type { StatItem, StatPanel } from "../core/layout.ts";
import { holds, type Scope } from "../core/rule.ts";
import { useReading } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";
import { useScope } from "./scope.ts";

function Item({ item, scope }: { item: StatItem; scope: Scope }) {
    const { locale, messages } = useReading();
    const { values, more } = figureOf(item, scope);
    const shown = values
        .map(value => show(value, item.fmt, locale, item.enum)?.text)
        .filter(text => text !== undefined);
    const also = item.also && show(values[0], item.also, locale)?.text;
    const notes = [also, more ? messages.ofShown : undefined].filter(Boolean);
    return (
        <div class="stat">
            <dt>{say(item.label, locale.language)}</dt>
            <dd>
                {shown.length === 0 ? (
                    <span class="nothing">–</span>
                ) : (
                    <span class="figure">{shown.join(" + ")}</span>
                )}
                {notes.length > 0 && <span class="sub">{notes.join(", ")}</span>}
            </dd>
        </div>
    );
}

export function Stat({ panel, value, within }: PanelProps<StatPanel>) {
    const scope = useScope(value, within);
    const items = panel.items.filter(item => holds(item.visible, scope));
    return (
        <dl class="stats">
            {items.map((item, index) => (
                <Item key={index} item={item} scope={scope} />
            ))}
        </dl>
    );
}
