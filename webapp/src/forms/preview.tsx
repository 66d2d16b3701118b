/* preview: what will be different, field by field, as a dry run said. */

import { say } from "../core/format.ts";
import type { Field, Shown } from "../core/layout.ts";
import { fieldText } from "../panels/field.tsx";
import { scopeOf } from "../panels/scope.ts";
import { useMessages, useReading } from "../ui/words.ts";
import { useWords } from "./words/index.ts";

interface Props {
    shows: Shown[];
    before: unknown;
    after: unknown;
}

export function Preview({ shows, before, after }: Props) {
    const reading = useReading();
    const messages = useMessages();
    const words = useWords();
    const text = (field: Field, row: unknown) =>
        fieldText(field, scopeOf(reading, row, []), reading);
    const changes = shows
        .map(({ was, ...field }) => ({
            label: say(field.label, reading.locale.language),
            was: was === undefined ? text(field, before) : text({ ...field, key: was }, after),
            is: text(field, after),
        }))
        .filter(({ was, is }) => was !== is);
    return (
        <section class="form-preview" aria-labelledby="form-preview-title">
            <h3 id="form-preview-title">{words.wouldBe}</h3>
            {changes.length === 0 && <p class="quiet">{words.wouldBeSame}</p>}
            <dl class="changes">
                {changes.map(({ label, was, is }) => (
                    <div class="change" key={label}>
                        <dt>{label}</dt>
                        <dd>
                            {was !== "" && (
                                <>
                                    <del>{was}</del>
                                    <span class="arrow" aria-hidden="true">
                                        →
                                    </span>
                                    <span class="unseen"> {messages.became} </span>
                                </>
                            )}
                            <ins>{is || messages.nothingThere}</ins>
                        </dd>
                    </div>
                ))}
            </dl>
        </section>
    );
}
