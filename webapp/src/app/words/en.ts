/* en: the words of what opens above an account, in English. */

export const en = {
    readingHistory: "Looking through the records…",
    began: "First recorded",
    changed: "changed",
    showThen: "Show the account as it was then",
    withinPlaceholder: "Number, amount, day or word",
    withinHow: "A bill, order, ticket, line or letter: by its number, an amount, a day or words.",
    withinNone: (search: string) => `Nothing in this account fits “${search}”.`,
    withinMore: "There are more. Say more to narrow it down.",
    withinHereOnly: "Only what is on the page was looked through.",
    withinCount: (count: number) => (count === 1 ? "1 hit" : `${count} hits`),
    momentTitle: "As it was",
    momentLabel: "Show the account as it was on",
    momentHolds:
        "Everything is shown as it was recorded at that moment; lists that only grow end there. Names of states, your rights and the search for customers are today's.",
    momentShow: "Show",
};

export type Words = typeof en;
