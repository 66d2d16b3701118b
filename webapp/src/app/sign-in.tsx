/* sign-in: the way in; the address stays, so that one goes on where one was. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import type { Messages } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";
import { Mark } from "./mark.tsx";
import { session } from "./state.ts";
import { usePage } from "./use-place.ts";

type Why = "never" | "ended" | "asked" | "elsewhere";

interface Problem {
    field: "username" | "password" | null;
    message: string;
}

function missing(username: string, password: string, messages: Messages): Problem | null {
    if (username === "") return { field: "username", message: messages.usernameMissing };
    if (password === "") return { field: "password", message: messages.passwordMissing };
    return null;
}

function refused(failure: Failure, messages: Messages): Problem {
    if (failure.kind === "unauthenticated")
        return { field: "password", message: messages.signInRefused };
    if (failure.kind === "limited")
        return { field: null, message: messages.signInLimited(failure.retryAfterSeconds ?? 60) };
    const hint = messages[`${failure.kind}Hint`];
    return { field: null, message: `${messages[failure.kind]} ${hint}` };
}

function Password({
    problem,
    onCapsLock,
}: {
    problem: boolean;
    onCapsLock: (on: boolean) => void;
}) {
    const messages = useMessages();
    const [shown, setShown] = useState(false);
    // The types of Preact know inputs by one fixed type; this one changes between two.
    const type = { type: shown ? "text" : "password" } as { type: "password" };
    const watch = (event: KeyboardEvent) => onCapsLock(event.getModifierState("CapsLock"));
    return (
        <div class="field">
            <label for="password">{messages.password}</label>
            <span class="input-with">
                <input
                    id="password"
                    name="password"
                    class="input"
                    {...type}
                    autocomplete="current-password"
                    autocapitalize="off"
                    spellcheck={false}
                    aria-invalid={problem}
                    aria-describedby={problem ? "sign-in-problem" : undefined}
                    onKeyDown={watch}
                    onKeyUp={watch}
                />
                <button
                    type="button"
                    class="ghost"
                    aria-pressed={shown}
                    aria-label={shown ? messages.hidePassword : messages.showPassword}
                    title={shown ? messages.hidePassword : messages.showPassword}
                    onClick={() => setShown(!shown)}
                >
                    <Icon name="eye" />
                </button>
            </span>
        </div>
    );
}

function useSignIn(form: { current: HTMLFormElement | null }) {
    const messages = useMessages();
    const [problem, setProblem] = useState<Problem | null>(null);
    const [busy, setBusy] = useState(false);

    function show(found: Problem) {
        setProblem(found);
        const name = found.field ?? "username";
        const field = form.current?.elements.namedItem(name);
        if (!(field instanceof HTMLInputElement)) return;
        field.focus();
        field.select();
    }

    async function submit(event: SubmitEvent) {
        event.preventDefault();
        if (form.current === null || busy) return;
        const data = new FormData(form.current);
        const username = String(data.get("username") ?? "").trim();
        const password = String(data.get("password") ?? "");
        const found = missing(username, password, messages);
        if (found !== null) return show(found);
        setBusy(true);
        setProblem(null);
        try {
            await session.signIn(username, password);
        } catch (thrown) {
            show(refused(failureOfThrown(thrown), messages));
        } finally {
            setBusy(false);
        }
    }
    return { problem, busy, submit };
}

export function SignIn({ why }: { why: Why }) {
    const messages = useMessages();
    const form = useRef<HTMLFormElement>(null);
    const username = useRef<HTMLInputElement>(null);
    const { problem, busy, submit } = useSignIn(form);
    const [capsLock, setCapsLock] = useState(false);
    usePage(messages.titleSignIn, messages.appName, "sign-in");
    useEffect(() => username.current?.focus(), []);
    const reasons = {
        never: null,
        ended: messages.signedOutEnded,
        asked: messages.signedOutAsked,
        elsewhere: messages.signedOutElsewhere,
    };
    return (
        <main class="sign-in">
            <form ref={form} class="sign-in-card" onSubmit={submit} noValidate>
                <div class="sign-in-head">
                    <Mark size={36} />
                    <h1>{messages.appName}</h1>
                    <p class="quiet">{reasons[why] ?? messages.signInLead}</p>
                </div>
                <div class="field">
                    <label for="username">{messages.username}</label>
                    <input
                        ref={username}
                        id="username"
                        name="username"
                        class="input"
                        autocomplete="username"
                        autocapitalize="off"
                        spellcheck={false}
                        aria-invalid={problem?.field === "username"}
                        aria-describedby={
                            problem?.field === "username" ? "sign-in-problem" : undefined
                        }
                    />
                </div>
                <Password problem={problem?.field === "password"} onCapsLock={setCapsLock} />
                {capsLock && <p class="field-note">{messages.capsLock}</p>}
                <p id="sign-in-problem" class="problem" role="alert">
                    {problem !== null && (
                        <>
                            <Icon name="alert" size={14} />
                            <span>{problem.message}</span>
                        </>
                    )}
                </p>
                <button type="submit" class="button primary wide" aria-disabled={busy}>
                    {busy ? messages.signingIn : messages.signIn}
                </button>
            </form>
        </main>
    );
}
