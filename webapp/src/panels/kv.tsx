/* kv: names and values, two or more side by side where there is room. */

import { say } from "../core/format.ts";
import type { KvPanel } from "../core/layout.ts";
import { holds } from "../core/rule.ts";
import { useReading } from "../ui/words.ts";
import { fieldOrDash } from "./field.tsx";
import type { PanelProps } from "./registry.ts";
import { useScope } from "./scope.ts";

export function Kv({ panel, value, within }: PanelProps<KvPanel>) {
    const reading = useReading();
    const scope = useScope(value, within);
    const items = panel.items.filter(item => holds(item.visible, scope));
    return (
        <dl class="kv">
            {items.map((item, index) => {
                const label = say(item.label, reading.locale.language);
                return (
                    <div class="kv-item" key={index}>
                        <dt>{label}</dt>
                        <dd>{fieldOrDash(item, scope, reading, label)}</dd>
                    </div>
                );
            })}
        </dl>
    );
}
