/* ticket-work-narrowing: whose tickets are listed, and which of them; the address says it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Chosen } from "../core/chosen.ts";
import type { TicketTeams } from "../core/later-documents.ts";
import { go, valuesOf } from "./state.ts";
import { useWords } from "./words/index.ts";

/** What the list is asked for with. */
export interface Wanted {
    team: string | null;
    /** Null: all of the team's. */
    holder: "NOBODY" | "VIEWER" | null;
    status: string | null;
    priority: string | null;
    overdue: boolean | null;
}

const every = "every";
const statuses = ["ACKNOWLEDGED", "IN_PROGRESS", "PENDING", "HELD"];
const holders = { nobody: "NOBODY", mine: "VIEWER", team: null } as const;
type Holder = keyof typeof holders;

function oneOf(values: readonly string[], value: string | undefined): string | null {
    return value !== undefined && values.includes(value) ? value : null;
}

/** What an address says that nobody could have chosen counts for nothing. */
export function wantedOf(chosen: Chosen, { viewer, teams }: TicketTeams): Wanted {
    const ids = teams.map(({ id }) => id);
    const own = viewer.team?.id ?? null;
    const of = (oneOf(Object.keys(holders), chosen.of) ?? "nobody") as Holder;
    const mine = of === "mine" ? null : own; // mine are those of whichever team
    const team = chosen.team === every ? null : (oneOf(ids, chosen.team) ?? mine);
    const priorities = valuesOf("TicketPriority").map(({ value }) => value);
    return {
        team,
        holder: team === null && holders[of] === null ? "NOBODY" : holders[of],
        status: oneOf(statuses, chosen.status),
        priority: oneOf(priorities, chosen.priority),
        overdue: chosen.overdue === "yes" ? true : null,
    };
}

/** As the address says it; what is so unless told it does not say. */
function chosenOf({ team, holder, status, priority, overdue }: Wanted, own: string | null): Chosen {
    const of = holder === "VIEWER" ? "mine" : holder === null ? "team" : null;
    const usual = of === "mine" ? null : own;
    return {
        ...(of !== null && { of }),
        ...(team !== usual && { team: team ?? every }),
        ...(status !== null && { status }),
        ...(priority !== null && { priority }),
        ...(overdue !== null && { overdue: "yes" }),
    };
}

interface SelectProps {
    label: string;
    value: string | null;
    any: string;
    options: readonly { value: string; label: string }[];
    onChoose: (value: string | null) => void;
}

function Select({ label, value, any, options, onChoose }: SelectProps) {
    const id = useId();
    return (
        <span class="work-choice">
            <label for={id}>{label}</label>
            <select
                id={id}
                class="input"
                value={value ?? ""}
                onChange={event => onChoose(event.currentTarget.value || null)}
            >
                <option value="">{any}</option>
                {options.map(option => (
                    <option key={option.value} value={option.value}>
                        {option.label}
                    </option>
                ))}
            </select>
        </span>
    );
}

interface WhoseProps {
    wanted: Wanted;
    /** The viewer's team; null: none. */
    own: string | null;
    onChoose: (more: Partial<Wanted>) => void;
}

/** What is the viewer's is so in whichever team. */
function Whose({ wanted, own, onChoose }: WhoseProps) {
    const words = useWords();
    const team = wanted.team ?? own;
    const whose: { holder: Wanted["holder"]; label: string }[] = [
        { holder: "NOBODY", label: words.workNobodys },
        { holder: "VIEWER", label: words.workMine },
        ...(team === null ? [] : [{ holder: null, label: words.workTeams }]),
    ];
    return (
        <fieldset class="choices work-whose">
            <legend class="unseen">{words.workWhose}</legend>
            <div class="segments">
                {whose.map(({ holder, label }) => (
                    <label key={label} class="segment">
                        <input
                            type="radio"
                            name="work-whose"
                            checked={holder === wanted.holder}
                            onChange={() =>
                                onChoose({ holder, team: holder === "VIEWER" ? null : team })
                            }
                        />
                        <span>{label}</span>
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

interface Props {
    wanted: Wanted;
    teams: TicketTeams;
    /** What stands beside whose they are. */
    children: ComponentChildren;
}

export function Narrowing({ wanted, teams, children }: Props) {
    const words = useWords();
    const own = teams.viewer.team?.id ?? null;
    function choose(more: Partial<Wanted>): void {
        const chosen = chosenOf({ ...wanted, ...more }, own);
        go({ page: "find", way: "tickets", chosen }, true);
    }
    return (
        <div class="work-narrowing">
            <Whose wanted={wanted} own={own} onChoose={choose} />
            {children}
            <Select
                label={words.workTeam}
                value={wanted.team}
                any={words.workEveryTeam}
                options={teams.teams.map(({ id, name }) => ({ value: id, label: name }))}
                onChoose={team =>
                    choose({
                        team,
                        holder: team === null ? (wanted.holder ?? "NOBODY") : wanted.holder,
                    })
                }
            />
            <Select
                label={words.workStatus}
                value={wanted.status}
                any={words.workAny}
                options={valuesOf("TroubleTicketStatus").filter(({ value }) =>
                    statuses.includes(value),
                )}
                onChoose={status => choose({ status })}
            />
            <Select
                label={words.workPriority}
                value={wanted.priority}
                any={words.workAny}
                options={valuesOf("TicketPriority")}
                onChoose={priority => choose({ priority })}
            />
            <label class="work-choice">
                <input
                    type="checkbox"
                    checked={wanted.overdue === true}
                    onChange={event =>
                        choose({ overdue: event.currentTarget.checked ? true : null })
                    }
                />
                {words.workOverdue}
            </label>
        </div>
    );
}
