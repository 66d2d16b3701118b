/* schema-browser: leafs through the schema as this viewer sees it: search, types, their members, and back. */

import {
    type GraphQLArgument,
    type GraphQLNamedType,
    type GraphQLSchema,
    type GraphQLType,
    getNamedType,
    isAbstractType,
    isEnumType,
    isInputObjectType,
    isInterfaceType,
    isObjectType,
    isUnionType,
} from "graphql";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Badge } from "../ui/badge.tsx";
import { Icon } from "../ui/icon.tsx";
import {
    catalogueOf,
    defaultOf,
    type Entry,
    fieldsOf,
    find,
    type Member,
    rootsOf,
    type Spot,
    typesOf,
    usesOf,
} from "./catalogue.ts";
import { useWords } from "./words/index.ts";

const most_found = 60;

interface Going {
    schema: GraphQLSchema;
    go: (spot: Spot) => void;
}

function Described({ text, small }: { text: string | null | undefined; small?: boolean }) {
    if (!text) return null;
    return <p class={small ? "doc-text quiet" : "doc-text"}>{text}</p>;
}

function Old({ reason }: { reason: string | null | undefined }) {
    const words = useWords();
    if (reason == null) return null;
    return <p class="doc-old">{words.deprecated(reason)}</p>;
}

/** A type as it is written, its name a way to it. */
function TypeName({ type, go }: { type: GraphQLType; go: Going["go"] }) {
    const written = String(type);
    const { name } = getNamedType(type);
    const [before, after] = written.split(name);
    return (
        <span class="doc-type">
            {before}
            <button type="button" class="doc-link" onClick={() => go({ kind: "type", type: name })}>
                {name}
            </button>
            {after}
        </span>
    );
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
    return (
        <section class="doc-section">
            <h3>{title}</h3>
            {children}
        </section>
    );
}

function Arguments({ args, go }: { args: readonly GraphQLArgument[]; go: Going["go"] }) {
    const words = useWords();
    return (
        <ul class="doc-list">
            {args.map(arg => (
                <li key={arg.name}>
                    <div class="doc-line">
                        <span class="doc-name">{arg.name}</span>:{" "}
                        <TypeName type={arg.type} go={go} />
                    </div>
                    <Described text={arg.description} small />
                    {defaultOf(arg) !== null && (
                        <p class="doc-text quiet">{words.defaultValue(defaultOf(arg) ?? "")}</p>
                    )}
                    <Old reason={arg.deprecationReason} />
                </li>
            ))}
        </ul>
    );
}

function Members({ type, members, go }: { type: string; members: Member[]; go: Going["go"] }) {
    const words = useWords();
    return (
        <ul class="doc-list">
            {members.map(member => (
                <li key={member.name}>
                    <div class="doc-line">
                        <button
                            type="button"
                            class={`doc-link doc-name${member.deprecationReason == null ? "" : " old"}`}
                            onClick={() => go({ kind: "member", type, member: member.name })}
                        >
                            {member.name}
                        </button>
                        {"args" in member && member.args.length > 0 && <span>(…)</span>}
                        {"type" in member && (
                            <>
                                : <TypeName type={member.type} go={go} />
                            </>
                        )}
                        {member.deprecationReason != null && (
                            <Badge tone="warn">{words.deprecatedBadge}</Badge>
                        )}
                    </div>
                    <Described text={member.description} small />
                </li>
            ))}
        </ul>
    );
}

function Types({ types, go }: { types: readonly GraphQLNamedType[]; go: Going["go"] }) {
    return (
        <ul class="doc-list tight">
            {types.map(type => (
                <li key={type.name}>
                    <TypeName type={type} go={go} />
                </li>
            ))}
        </ul>
    );
}

function kindOf(type: GraphQLNamedType) {
    if (isObjectType(type)) return "object";
    if (isInterfaceType(type)) return "interface";
    if (isUnionType(type)) return "union";
    if (isEnumType(type)) return "enum";
    return isInputObjectType(type) ? "input" : "scalar";
}

function Uses({ schema, type, go }: Going & { type: GraphQLNamedType }) {
    const words = useWords();
    const uses = useMemo(() => usesOf(schema, type.name), [schema, type]);
    if (uses.length === 0) return null;
    return (
        <Section title={words.usedBy}>
            <Entries entries={uses} go={go} />
        </Section>
    );
}

function TypePage({ schema, type, go }: Going & { type: GraphQLNamedType }) {
    const words = useWords();
    const fields = fieldsOf(type);
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    return (
        <>
            <p class="doc-kind quiet">{words.kinds[kindOf(type)]}</p>
            <h2 class="doc-title">{type.name}</h2>
            <Described text={type.description || words.noDescription} />
            {fields.length > 0 && (
                <Section title={isInputObjectType(type) ? words.inputFields : words.fields}>
                    <Members type={type.name} members={fields} go={go} />
                </Section>
            )}
            {isEnumType(type) && (
                <Section title={words.values}>
                    <Members type={type.name} members={[...type.getValues()]} go={go} />
                </Section>
            )}
            {interfaces.length > 0 && (
                <Section title={words.implements}>
                    <Types types={interfaces} go={go} />
                </Section>
            )}
            {possible.length > 0 && (
                <Section title={words.possible}>
                    <Types types={possible} go={go} />
                </Section>
            )}
            <Uses schema={schema} type={type} go={go} />
        </>
    );
}

type TryProps = { onTry: (operation: string, field: string) => void };

function MemberPage({
    schema,
    type,
    name,
    go,
    onTry,
}: Going & TryProps & { type: GraphQLNamedType; name: string }) {
    const words = useWords();
    const members: Member[] = isEnumType(type) ? [...type.getValues()] : fieldsOf(type);
    const member = members.find(found => found.name === name);
    if (member === undefined) return <TypePage schema={schema} type={type} go={go} />;
    const root = rootsOf(schema).find(found => found.type === type);
    return (
        <>
            <p class="doc-kind">
                <TypeName type={type} go={go} />
            </p>
            <h2 class="doc-title">{member.name}</h2>
            {"type" in member && (
                <p class="doc-line">
                    <TypeName type={member.type} go={go} />
                </p>
            )}
            <Old reason={member.deprecationReason} />
            <Described text={member.description || words.noDescription} />
            {root !== undefined && root.operation !== "subscription" && (
                <button
                    type="button"
                    class="button"
                    onClick={() => onTry(root.operation, member.name)}
                >
                    <Icon name="lines" />
                    {words.tryIt}
                </button>
            )}
            {"args" in member && member.args.length > 0 && (
                <Section title={words.arguments}>
                    <Arguments args={member.args} go={go} />
                </Section>
            )}
        </>
    );
}

function SchemaPage({ schema, go }: Going) {
    const words = useWords();
    return (
        <>
            <h2 class="doc-title">{words.schema}</h2>
            <Described text={schema.description || words.schemaLead} />
            {rootsOf(schema).map(({ operation, type }) => (
                <Section key={operation} title={type.name}>
                    <Members type={type.name} members={fieldsOf(type)} go={go} />
                </Section>
            ))}
            <Section title={words.allTypes}>
                <Types types={typesOf(schema)} go={go} />
            </Section>
        </>
    );
}

function Entries({ entries, go }: { entries: Entry[]; go: Going["go"] }) {
    const words = useWords();
    return (
        <ul class="doc-list">
            {entries.map(({ coordinate, spot, description, deprecated }) => (
                <li key={coordinate}>
                    <div class="doc-line">
                        <button type="button" class="doc-link doc-name" onClick={() => go(spot)}>
                            {coordinate}
                        </button>
                        {deprecated && <Badge tone="warn">{words.deprecatedBadge}</Badge>}
                    </div>
                    {description !== "" && <p class="doc-text quiet one">{description}</p>}
                </li>
            ))}
        </ul>
    );
}

function Page({ schema, spot, go, onTry }: Going & TryProps & { spot: Spot }) {
    const type = spot.kind === "schema" ? undefined : schema.getType(spot.type);
    if (spot.kind === "schema" || type === undefined) return <SchemaPage schema={schema} go={go} />;
    if (spot.kind === "type") return <TypePage schema={schema} type={type} go={go} />;
    return <MemberPage schema={schema} type={type} name={spot.member} go={go} onTry={onTry} />;
}

interface Props extends TryProps {
    schema: GraphQLSchema;
    /** Where to, when the editor asks; a new one each time. */
    shown: Spot | null;
}

export function SchemaBrowser({ schema, shown, onTry }: Props) {
    const words = useWords();
    const [trail, setTrail] = useState<Spot[]>([{ kind: "schema" }]);
    const [search, setSearch] = useState("");
    const catalogue = useMemo(() => catalogueOf(schema), [schema]);
    const body = useRef<HTMLDivElement>(null);
    const found = find(catalogue, search, most_found);
    const searching = search.trim() !== "";
    const go = (spot: Spot) => {
        setSearch("");
        setTrail(before => [...before, spot]);
    };
    const back = () => {
        if (searching) setSearch("");
        else setTrail(before => before.slice(0, -1));
    };
    useEffect(() => {
        if (shown !== null) go(shown);
    }, [shown]);
    useEffect(() => body.current?.scrollTo(0, 0), [trail.length]);
    return (
        <section class="docs" aria-label={words.schema}>
            <div class="docs-head">
                <button
                    type="button"
                    class="ghost"
                    aria-label={words.back}
                    title={words.back}
                    disabled={trail.length === 1 && !searching}
                    onClick={back}
                >
                    <Icon name="back" />
                </button>
                <input
                    class="input"
                    type="search"
                    aria-label={words.schemaSearch}
                    placeholder={words.schemaSearch}
                    value={search}
                    spellcheck={false}
                    autocapitalize="off"
                    onInput={event => setSearch(event.currentTarget.value)}
                />
            </div>
            <div class="docs-body" ref={body}>
                {searching ? (
                    <>
                        <p class="quiet" role="status">
                            {found.length === 0
                                ? words.schemaSearchNone(search.trim())
                                : words.found(found.length)}
                        </p>
                        <Entries entries={found} go={go} />
                    </>
                ) : (
                    <Page
                        schema={schema}
                        spot={trail.at(-1) ?? { kind: "schema" }}
                        go={go}
                        onTry={onTry}
                    />
                )}
            </div>
        </section>
    );
}
