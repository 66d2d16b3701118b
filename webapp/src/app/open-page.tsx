/* open-page: the account of whoever has the number in an address such as /open?msisdn=+49170123. */

import { useEffect } from "preact/hooks";
import { useMessages } from "../ui/words.ts";
import { openHit } from "./search-box.tsx";
import { SearchPage } from "./search-page.tsx";
import { useSearch } from "./use-search.ts";

/** One customer is opened; of several, or none, the list says so. */
export function OpenPage({ query }: { query: string }) {
    const messages = useMessages();
    const found = useSearch(query, 2, 0);
    const only = found.state === "found" && found.hits.length === 1 ? found.hits[0] : undefined;
    useEffect(() => {
        if (only !== undefined) openHit(only, true);
    }, [only]);
    if (only !== undefined || found.state === "searching")
        return <p class="late quiet page">{messages.searching}</p>;
    return <SearchPage query={query} />;
}
