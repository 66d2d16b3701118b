/* shell: what stands around every page: the sign, the search field, the viewer's menu. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Viewer } from "../core/documents.ts";
import type { Way } from "../core/route.ts";
import { later } from "../ui/later.tsx";
import { useMessages } from "../ui/words.ts";
import { Mark } from "./mark.tsx";
import { SearchBox } from "./search-box.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { go } from "./state.ts";
import { useWays, wayKeys } from "./ways.tsx";

const LaterMenu = later(() => import("./menu.tsx"));
const LaterHelp = later(() => import("./help.tsx"));

export function Shell({ viewer, children }: { viewer: Viewer; children: ComponentChildren }) {
    const messages = useMessages();
    const [help, setHelp] = useState(false);
    const showHelp = () => setHelp(true);
    const toWay = (way: Way) => ({ keys: wayKeys[way], run: () => go({ page: "find", way }) });
    const shortcuts = [{ keys: "?", run: showHelp }, ...useWays().map(toWay)];
    useShortcuts(shortcuts, [viewer]);
    return (
        <div class="shell">
            <a class="skip" href="#content">
                {messages.skipToContent}
            </a>
            <header class="top">
                <a
                    class="home"
                    href="/search"
                    aria-label={`${messages.appName}, ${messages.toSearch}`}
                >
                    <Mark />
                    <span class="home-name">{messages.appName}</span>
                </a>
                <SearchBox />
                <LaterMenu part>
                    {({ Menu }) => <Menu viewer={viewer} onHelp={showHelp} />}
                </LaterMenu>
            </header>
            <main id="content" tabIndex={-1}>
                {children}
            </main>
            <LaterHelp part wanted={help}>
                {({ HelpDialog }) =>
                    help && <HelpDialog tabs={viewer.tabs} onClose={() => setHelp(false)} />
                }
            </LaterHelp>
        </div>
    );
}
