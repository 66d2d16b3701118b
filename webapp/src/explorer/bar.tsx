/* bar: the open queries as a row, and what can be done with the one on screen. */

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { announce } from "../ui/announcer.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { curlOf, linkOf } from "./sharing.ts";
import { titleOf } from "./sheets.ts";
import { useWords } from "./words/index.ts";
import type { Workbench } from "./workbench.ts";

type Bench = { bench: Workbench };

export function Sheets({ bench }: Bench) {
    const words = useWords();
    return (
        <nav class="sheets" aria-label={words.queries}>
            <ul>
                {bench.sheets.value.map(({ id, document }) => {
                    const title = titleOf(document) ?? words.untitled;
                    return (
                        <li key={id} class={id === bench.sheet.value.id ? "sheet here" : "sheet"}>
                            <button
                                type="button"
                                class="sheet-title"
                                aria-current={id === bench.sheet.value.id ? "true" : undefined}
                                onClick={() => bench.choose(id)}
                            >
                                {title}
                            </button>
                            <button
                                type="button"
                                class="sheet-close"
                                aria-label={words.closeQuery(title)}
                                title={words.closeQuery(title)}
                                onClick={() => bench.close(id)}
                            >
                                <Icon name="close" size={12} />
                            </button>
                        </li>
                    );
                })}
            </ul>
            <button
                type="button"
                class="ghost"
                aria-label={words.newQuery}
                title={words.newQuery}
                onClick={() => bench.open({ document: "", variables: "" })}
            >
                <Icon name="plus" />
            </button>
        </nav>
    );
}

interface ToolProps {
    icon: IconName;
    label: string;
    onClick: () => void;
}

function Tool({ icon, label, onClick }: ToolProps) {
    return (
        <button type="button" class="ghost tool" aria-label={label} title={label} onClick={onClick}>
            <Icon name={icon} />
        </button>
    );
}

interface PickerProps {
    icon: IconName;
    title: string;
    children: (close: () => void) => ComponentChildren;
}

/** A button and the dialog it opens. */
function Picker({ icon, title, children }: PickerProps) {
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    const close = () => dialog.current?.close();
    return (
        <>
            <Tool icon={icon} label={title} onClick={() => dialog.current?.showModal()} />
            <dialog ref={dialog} class="dialog" aria-label={title}>
                <header class="dialog-head">
                    <h2>{title}</h2>
                    <button type="button" class="ghost" aria-label={words.close} onClick={close}>
                        <Icon name="close" />
                    </button>
                </header>
                {children(close)}
            </dialog>
        </>
    );
}

function Pick({ title, about, onPick }: { title: string; about: string; onPick: () => void }) {
    return (
        <li>
            <button type="button" class="pick" onClick={onPick}>
                <strong>{title}</strong>
                <span class="quiet">{about}</span>
            </button>
        </li>
    );
}

function Examples({ bench }: Bench) {
    const words = useWords();
    return (
        <Picker icon="book" title={words.examples}>
            {close => (
                <ul class="picks">
                    {bench.examples.map(example => (
                        <Pick
                            key={example.name}
                            title={example.name}
                            about={example.description}
                            onPick={() => {
                                close();
                                bench.begin(example);
                            }}
                        />
                    ))}
                </ul>
            )}
        </Picker>
    );
}

function History({ bench }: Bench) {
    const words = useWords();
    const ran = bench.ran.value;
    return (
        <Picker icon="clock" title={words.history}>
            {close => (
                <>
                    <p class="quiet picks-note">{words.historyNone}</p>
                    <ul class="picks">
                        {ran.map(document => (
                            <Pick
                                key={document}
                                title={titleOf(document) ?? words.untitled}
                                about={document.replaceAll(/\s+/g, " ").trim()}
                                onPick={() => {
                                    close();
                                    bench.begin({ document, variables: "" });
                                }}
                            />
                        ))}
                    </ul>
                    {ran.length > 0 && (
                        <button
                            type="button"
                            class="button picks-end"
                            onClick={() => bench.forgetRuns()}
                        >
                            {words.forgetHistory}
                        </button>
                    )}
                </>
            )}
        </Picker>
    );
}

function Operations({ bench }: Bench) {
    const words = useWords();
    const names = bench.operations.value;
    if (names.length < 2) return null;
    return (
        <select
            class="input operations"
            aria-label={words.operation}
            value={bench.operation.value?.name?.value ?? ""}
            onChange={event => {
                bench.chosen.value = event.currentTarget.value;
            }}
        >
            {names.map(name => (
                <option key={name}>{name}</option>
            ))}
        </select>
    );
}

function RunButton({ bench, onRun }: Bench & { onRun: () => void }) {
    const words = useWords();
    const asking = bench.run.value.state === "asking";
    return (
        <button
            type="button"
            class="button primary"
            onClick={() => (asking ? bench.stop(bench.sheet.value.id) : onRun())}
        >
            <Icon name={asking ? "stop" : "play"} size={14} />
            {asking ? words.stop : words.run}
        </button>
    );
}

export function Toolbar({
    bench,
    onRun,
    onSay,
}: Bench & { onRun: () => void; onSay: (message: string) => void }) {
    const words = useWords();
    const say = (message: string) => {
        onSay(message);
        announce(message);
    };
    const copyCurl = async () => {
        const asked = bench.asked(words);
        if (typeof asked === "string") return say(asked);
        await navigator.clipboard.writeText(curlOf(location.origin, asked));
        say(words.curlCopied);
    };
    const copyLink = async () => {
        const { document, variables } = bench.sheet.value;
        const link = linkOf(location.origin, document, variables);
        if (link === null) return say(words.linkTooLong);
        await navigator.clipboard.writeText(link);
        say(words.linkCopied);
    };
    return (
        <div class="tools">
            <RunButton bench={bench} onRun={onRun} />
            <span class="tools-keys">
                <Keys shortcut="mod+↵" />
            </span>
            <Operations bench={bench} />
            <span class="tools-end">
                <Tool
                    icon="lines"
                    label={words.format}
                    onClick={() => say(bench.format() ? words.formatted : words.cannotFormat)}
                />
                <Tool icon="terminal" label={words.copyCurl} onClick={copyCurl} />
                <Tool icon="link" label={words.copyLink} onClick={copyLink} />
                <Examples bench={bench} />
                <History bench={bench} />
            </span>
        </div>
    );
}
