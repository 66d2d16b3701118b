/* identity: who the customer is, beside every tab: name, number, standing, balance and how to reach them. */

import type { ComponentChildren } from "preact";
import type { Account } from "../core/account.ts";
import type { AccountHeader, ContactMedium, Hit, Tab } from "../core/documents.ts";
import { say, show } from "../core/format.ts";
import { addressOf } from "../core/route.ts";
import { Copy } from "../ui/copy.tsx";
import { EnumBadge } from "../ui/enum-badge.tsx";
import { Icon } from "../ui/icon.tsx";
import { useReading } from "../ui/words.ts";
import { Kind, kindIcon, Status } from "./hit.tsx";
import { LaterContact } from "./later-tool.tsx";
import { moment } from "./state.ts";
import { countOf } from "./tabs.tsx";

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
    return (
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children}</dd>
        </div>
    );
}

/** What is overdue of an account, and what was done about it. */
function Arrears({ overdue, dunningState }: AccountHeader["billingAccounts"][number]) {
    const { locale, messages } = useReading();
    const amount = overdue.minor === "0" ? undefined : show(overdue, "money", locale)?.text;
    if (amount === undefined) return null;
    return (
        <span class="sub arrears">
            {messages.amountOverdue(amount)}
            {dunningState !== "NONE" && <EnumBadge type="DunningState" value={dunningState} />}
        </span>
    );
}

function Balances({ accounts }: { accounts: AccountHeader["billingAccounts"] }) {
    const { locale, messages } = useReading();
    if (accounts.length === 0) return <span class="nothing">{messages.noBillingAccount}</span>;
    return (
        <ul class="balances">
            {accounts.map(account => {
                const { number, balance, paymentStatus } = account;
                return (
                    <li key={number}>
                        <span class="figure">{show(balance, "balance", locale)?.text}</span>
                        <EnumBadge type="PaymentStatus" value={paymentStatus} />
                        <Arrears {...account} />
                        {accounts.length > 1 && <span class="sub">{number}</span>}
                    </li>
                );
            })}
        </ul>
    );
}

/** What has ended is told by the tab with all of them. */
function isStillTheirs({ validFor }: ContactMedium): boolean {
    const until = validFor?.until ?? null;
    return until === null || until >= new Date().toISOString().slice(0, 10);
}

/** An address that is too long for one line goes on with what is behind the @. */
function Medium({ text }: { text: string }) {
    const [name, ...host] = text.split(/(?=@)/);
    return (
        <bdi>
            {name}
            <wbr />
            {host}
        </bdi>
    );
}

function Media({ media }: { media: Hit["contactMedia"] }) {
    const { locale, messages } = useReading();
    if (media.length === 0) return <span class="nothing">{messages.noContact}</span>;
    return (
        <ul class="media">
            {media.filter(isStillTheirs).map(({ kind, value }) => {
                const shown = show(value, "contact", locale);
                if (shown === null) return null;
                return (
                    <li key={value}>
                        <Icon name={kind === "EMAIL" ? "mail" : "phone"} size={14} />
                        {shown.href === undefined ? (
                            <bdi class="medium">{shown.text}</bdi>
                        ) : (
                            <a class="link medium" href={shown.href} title={shown.text}>
                                <Medium text={shown.text} />
                            </a>
                        )}
                        <Copy value={value} what={shown.text} />
                    </li>
                );
            })}
        </ul>
    );
}

/** What the tabs count, each a way to its tab: said before anybody has looked for it. */
function Counts({ account, tabs }: { account: Account; tabs: Tab[] }) {
    const { locale } = useReading();
    const { id } = account.header;
    const at = moment.value ?? undefined;
    return (
        <ul class="counts">
            {tabs.map(tab => {
                const found = countOf(tab, account);
                if (found === null) return null;
                return (
                    <li key={tab.key}>
                        <a class="link" href={addressOf({ page: "account", id, tab: tab.key, at })}>
                            {tab.title}
                        </a>
                        <span class="figure">
                            {found.count} {say(found.badge.label, locale.language)}
                        </span>
                    </li>
                );
            })}
        </ul>
    );
}

/** When they were last in touch, about what and how. */
function LastContact({ interactions }: Pick<AccountHeader, "interactions">) {
    const { locale, messages } = useReading();
    const [last] = interactions.nodes;
    if (last === undefined) return <span class="nothing">{messages.noContact}</span>;
    const words = [
        show(last.reason, "enum", locale, "InteractionReason")?.text,
        show(last.channel, "enum", locale, "InteractionChannel")?.text,
    ];
    return (
        <>
            <time
                class="main"
                dateTime={last.startedAt}
                title={show(last.startedAt, "dateTime", locale)?.text}
            >
                {show(last.startedAt, "relative", locale)?.text}
            </time>
            <span class="sub">{words.join(" · ")}</span>
        </>
    );
}

function Facts({ account, tabs }: { account: Account; tabs: Tab[] }) {
    const { locale, messages } = useReading();
    const { header } = account;
    return (
        <>
            <Fact label={messages.balance}>
                <Balances accounts={header.billingAccounts} />
            </Fact>
            <Fact label={messages.contact}>
                <Media media={header.contactMedia} />
            </Fact>
            {tabs.some(tab => countOf(tab, account) !== null) && (
                <Fact label={messages.atHand}>
                    <Counts account={account} tabs={tabs} />
                </Fact>
            )}
            <Fact label={messages.lastContact}>
                <LaterContact account={account} />
                <LastContact interactions={header.interactions} />
            </Fact>
            <Fact label={messages.since}>{show(header.customerSince, "date", locale)?.text}</Fact>
            <Fact label={messages.language}>{show(header.language, "lang", locale)?.text}</Fact>
            <Fact label={messages.segment}>{show(header.segment, "words", locale)?.text}</Fact>
            {header.partner !== null && (
                <Fact label={messages.partner}>
                    <bdi>{header.partner.name}</bdi>
                </Fact>
            )}
        </>
    );
}

interface Props {
    account: Account | null;
    /** What is known before the account has arrived. */
    hit: Hit | null;
    tabs: Tab[];
}

export function Identity({ account, hit, tabs }: Props) {
    const { messages } = useReading();
    const known = account?.header ?? hit;
    if (known === null)
        return (
            <aside class="identity" aria-label={messages.account}>
                <div class="bones late" aria-hidden="true">
                    <span class="bone tall" />
                    <span class="bone" />
                    <span class="bone" />
                </div>
            </aside>
        );
    return (
        <aside class="identity" aria-label={messages.accountOf(known.name)}>
            <div class="who">
                <h1 tabIndex={-1}>
                    <bdi>{known.name}</bdi>
                </h1>
                <p class="who-number">
                    <span class="code">{known.number}</span>
                    <Copy value={known.number} what={messages.number} />
                </p>
                <p class="who-marks">
                    <Status status={known.status} />
                    {account !== null && (
                        <EnumBadge
                            type="VerificationState"
                            value={account.header.verificationState}
                        />
                    )}
                    <span class="who-kind">
                        <Icon name={kindIcon(known.kind)} size={14} />
                        <Kind kind={known.kind} />
                    </span>
                </p>
            </div>
            <dl class="facts">
                {account !== null ? (
                    <Facts account={account} tabs={tabs} />
                ) : (
                    <Fact label={messages.contact}>
                        <Media media={known.contactMedia} />
                    </Fact>
                )}
            </dl>
        </aside>
    );
}
