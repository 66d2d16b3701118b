/* use-place: keeps the app where the address says, and sees to it that links do not load pages anew. */

import { useEffect } from "preact/hooks";
import { placeOf } from "../core/route.ts";
import { go, place, standing } from "./state.ts";

function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
    return (
        event.button === 0 &&
        !event.defaultPrevented &&
        !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
        link.origin === location.origin &&
        link.target === "" &&
        !link.hasAttribute("download") &&
        !link.hash
    );
}

function onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || !isOurs(link, event)) return;
    event.preventDefault();
    go(placeOf(link.pathname, link.search));
}

/** A page the browser kept alive must not show a customer to whoever is there after a sign-out. */
function onPageShow({ persisted }: PageTransitionEvent): void {
    if (persisted && standing.value.state !== "in") location.reload();
}

export function usePlace(): void {
    useEffect(() => {
        const onPopState = () => {
            place.value = placeOf(location.pathname, location.search);
        };
        addEventListener("popstate", onPopState);
        addEventListener("pageshow", onPageShow);
        document.addEventListener("click", onClick);
        return () => {
            removeEventListener("popstate", onPopState);
            removeEventListener("pageshow", onPageShow);
            document.removeEventListener("click", onClick);
        };
    }, []);
}

/** Puts the page's name in the window's title, and the focus on its heading when the page changes. */
export function usePage(title: string, appName: string, key: string): void {
    useEffect(() => {
        document.title = title === "" ? appName : `${title} – ${appName}`;
    }, [title, appName]);
    useEffect(() => {
        if (document.activeElement === document.body || document.activeElement === null)
            document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }, [key]);
}
