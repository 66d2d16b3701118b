/* app: decides which page is shown; the pages do the rest. */

import { useEffect } from "preact/hooks";
import { Announcer } from "../ui/announcer.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { later } from "../ui/later.tsx";
import { Notice } from "../ui/notice.tsx";
import { AskContext, FilesContext, ReadingContext, useMessages } from "../ui/words.ts";
import { AccountPage } from "./account-page.tsx";
import { ExplorerPage } from "./explorer-page.tsx";
import { LaterPanels } from "./later-panels.tsx";
import { LaterNew } from "./later-tool.tsx";
import { OpenPage } from "./open-page.tsx";
import { SearchPage } from "./search-page.tsx";
import { Shell } from "./shell.tsx";
import { useKeys } from "./shortcuts.ts";
import {
    askNamed,
    learnViewer,
    place,
    reading,
    readOwnFile,
    session,
    standing,
    viewer,
    viewerFailure,
} from "./state.ts";
import { usePage, usePlace } from "./use-place.ts";

const Find = later(() => import("./find-page.tsx"));

function Nowhere() {
    const messages = useMessages();
    usePage(messages.titleNowhere, messages.appName, "nowhere");
    return (
        <Notice level={1} icon="folder" title={messages.nowhere} hint={messages.nowhereHint}>
            <a class="button" href="/search">
                {messages.toSearch}
            </a>
        </Notice>
    );
}

function Page() {
    const here = place.value;
    // Whichever page comes first: an account is what is wanted sooner or later.
    useEffect(() => void LaterPanels.fetch(), []);
    switch (here.page) {
        case "account":
            return <AccountPage {...here} />;
        case "explorer":
            return <ExplorerPage query={here.query} variables={here.variables} />;
        case "find": {
            const { way, chosen = {} } = here;
            if (way === "new") return <LaterNew />;
            return <Find>{({ FindPage }) => <FindPage way={way} chosen={chosen} />}</Find>;
        }
        case "open":
            return <OpenPage query={here.query} />;
        case "nowhere":
            return <Nowhere />;
        case "search":
            return <SearchPage query={here.query} />;
        case "sign-in":
            return <SearchPage query="" />;
    }
}

/** Shown only when starting takes long enough to be noticed. */
function Starting() {
    return (
        <main class="starting">
            <p class="late quiet">{useMessages().starting}</p>
        </main>
    );
}

const LaterSignIn = later(() => import("./sign-in.tsx"));

function Whole() {
    const now = standing.value;
    const failure = now.state === "unreachable" ? now.failure : viewerFailure.value;
    const again = now.state === "unreachable" ? () => session.start() : () => learnViewer();
    if (now.state === "out")
        return <LaterSignIn>{({ SignIn }) => <SignIn why={now.why} />}</LaterSignIn>;
    if (failure !== null)
        return (
            <main class="starting">
                <FailureNotice level={1} failure={failure} onRetry={again} />
            </main>
        );
    if (viewer.value === null) return <Starting />;
    return (
        <Shell viewer={viewer.value}>
            <Page />
        </Shell>
    );
}

export function App() {
    usePlace();
    useKeys();
    useEffect(() => void session.start(), []);
    return (
        <ReadingContext.Provider value={reading.value}>
            <FilesContext.Provider value={readOwnFile}>
                <AskContext.Provider value={askNamed}>
                    <Whole />
                    <Announcer />
                </AskContext.Provider>
            </FilesContext.Provider>
        </ReadingContext.Provider>
    );
}
