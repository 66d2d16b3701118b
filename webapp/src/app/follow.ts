/* follow: what is on screen is asked for again by itself, ever more seldom as long as nothing moves. */

/** Seconds until it is asked for again; the last of them for as long as nothing has moved. */
const pauses_s = [2, 2, 3, 5, 8, 13, 21, 34, 60];
/** What has not moved for so many times is not about to: whoever wants to know reads it again. */
const most_times = 30;

function isHidden(): boolean {
    return document.visibilityState === "hidden";
}

/** Asks, one request at a time, until it is stopped; `again` says whether something has moved. */
export function follow(again: () => Promise<boolean>, onMoved: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let times = 0;
    let busy = false;
    let stopped = false;

    function wait(): void {
        clearTimeout(timer);
        if (stopped || busy || isHidden() || times >= most_times) return;
        const pause_s = pauses_s[Math.min(times, pauses_s.length - 1)] ?? 0;
        timer = setTimeout(ask, pause_s * 1000);
    }
    async function ask(): Promise<void> {
        busy = true;
        const moved = await again();
        busy = false;
        times = moved ? 0 : times + 1;
        if (moved && !stopped) onMoved();
        wait();
    }
    function onVisible(): void {
        times = 0;
        wait();
    }
    document.addEventListener("visibilitychange", onVisible);
    wait();
    return () => {
        stopped = true;
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", onVisible);
    };
}
