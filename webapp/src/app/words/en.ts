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
    merge: "Merge with…",
    mergeTitle: "Two customers become one",
    mergeFind: "The other account of the same customer",
    mergeFindHow: "Name, number, phone or e-mail of the account that is there twice.",
    mergeNone: (search: string) => `No other customer matches “${search}”.`,
    mergeOther: "Another customer",
    mergeSwap: "Swap",
    mergeStays: "Stays",
    mergeGoes: "Is merged into it",
    mergeField: "Field",
    mergeSame: "The two do not differ in what is there once.",
    mergeMoves: "What moves",
    mergeMovesNothing: "There is nothing to move.",
    mergeRules: "What both have",
    mergeHint:
        "Choose whose value counts. The other account is closed afterwards and leads here. This is not undone.",
    mergeDo: "Merge",
    mergeDone: "The customers are merged.",
    mergeReading: "Looking at both accounts…",
    mergedFrom: (number: string, name: string) =>
        `Customer ${number} (${name}) was merged into this account.`,
    mergeAlike: "This looks like the same customer twice:",
    mergeCompare: "Compare",
};

export type Words = typeof en;
