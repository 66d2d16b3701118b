/* compare: are two answers the same, and if not, in what. */

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const errorsOf = answer => answer.errors ?? (answer.error ? [answer.error] : []);
const messagesOf = answer => errorsOf(answer).map(error => error.message);
const isPartOf = (part, whole) => part.every(each => whole.some(other => same(each, other)));

/* Without the value it is about, which follows the first colon. */
const aboutValue = message => message.replace(/: .*$/s, "");

/* What we do otherwise on purpose; `what` is what differs. */
const deliberate = [
    {
        reason: "null for the condition of @skip or @include is refused before anything runs",
        holds: ({ ours, theirs }) =>
            messagesOf(ours).some(message =>
                message.startsWith('Argument "if" of non-null type "Boolean!" must not be null'),
            ) ||
            messagesOf(theirs).some(message =>
                /^Argument "@(skip|include)\(if:\)" has invalid value: Expected variable/.test(
                    message,
                ),
            ),
    },
    {
        reason: "a literal with variables in it is shown as it was written",
        holds({ what, ours, theirs }) {
            const [our, their] = [messagesOf(ours), messagesOf(theirs)];
            return (
                what === "message" &&
                our.every(
                    (message, i) =>
                        message === their[i] ||
                        (message.includes("$") && aboutValue(message) === aboutValue(their[i])),
                )
            );
        },
    },
    {
        reason: "the reference takes the arguments of an unknown directive for those of the field it stands at",
        holds: ({ what, ours, theirs }) =>
            what === "number of errors" &&
            messagesOf(ours).some(message => message.startsWith("Unknown directive")) &&
            isPartOf(ours.errors, theirs.errors),
    },
    {
        reason: "an argument that cannot be used is blamed as a whole, at the first place its field has in the document",
        holds: ({ what, ours }) =>
            what === "locations" &&
            messagesOf(ours).some(message =>
                /^Argument ".*" has invalid value.*: Expected variable/.test(message),
            ),
    },
    {
        reason: "the reference gives up on such a schema; we name what is wrong with it",
        holds: ({ what, theirs }) =>
            what !== "only the reference refuses" && messagesOf(theirs)[0]?.startsWith("gave up: "),
    },
    {
        reason: "a NUL is shown as it would be written",
        holds: ({ what, ours, theirs }) =>
            what === "message" &&
            JSON.stringify(theirs).replaceAll("\\u0000", "\\\\u0000") === JSON.stringify(ours),
    },
    {
        reason: "the scalars of the specification are known also where nothing that is seen uses them",
        holds({ question, ours, theirs }) {
            const unknown = /^Unknown type "(Int|Float|ID)"\.$/;
            const kept = (theirs.errors ?? []).filter(error => !unknown.test(error.message));
            return question.hide !== undefined && same(kept, ours.errors ?? []);
        },
    },
    {
        reason: "a Float is a number that double precision has",
        holds({ ours, theirs }) {
            const kept = (ours.errors ?? []).filter(
                error =>
                    !/Float cannot represent non numeric value: -?[\d.]+[eE]\+?\d{3,}$/.test(
                        error.message,
                    ),
            );
            return (
                kept.length < (ours.errors ?? []).length &&
                (same(kept, theirs.errors ?? []) || theirs.data !== undefined)
            );
        },
    },
    {
        reason: "directives on the definitions of directives are a draft",
        holds: ({ question, ours }) =>
            messagesOf(ours).some(message =>
                /^Syntax Error: Expected "on", found "@"/.test(message),
            ) && /directive\s*@/.test(question.source ?? question.query),
    },
    {
        reason: "U+0000 in a message is shown as it is written in a string",
        holds: ({ what, ours, theirs }) => {
            const shown = value => JSON.stringify(value ?? null).replaceAll("\\\\u0000", "\\u0000");
            return what === "message" && shown(ours) === shown(theirs);
        },
    },
    {
        reason: "the reference cuts a character beyond 16 bits in two",
        holds: ({ what, theirs }) =>
            what === "message" &&
            messagesOf(theirs).some(message => /[\ud800-\udbff](?![\udc00-\udfff])/.test(message)),
    },
    {
        reason: "a whole number as an ID is taken to the last digit or not at all",
        holds: ({ ours }) =>
            messagesOf(ours).some(message =>
                /: ID cannot represent value: -?[\d.]+e\+?\d+$/.test(message),
            ),
    },
];

/* Names are never suggested: that would tell of what the viewer has no right to see. */
export function withoutSuggestion(message) {
    const start = message.indexOf(" Did you mean ");
    if (start < 0 || message.includes(' { ... }"?', start)) return message;
    const end = message.indexOf("?", start);
    const rest = message.slice(end + 1);
    const found = rest.match(/^ Found: (.*)$/s);
    return found
        ? `${message.slice(0, start - 1)}, found: ${found[1]}`
        : message.slice(0, start) + rest;
}

function plainError({ message, locations, path }) {
    const error = { message: withoutSuggestion(message) };
    if (locations?.length > 0) error.locations = locations;
    if (path !== undefined) error.path = path;
    return error;
}

export function plainAnswer(answer) {
    const plain = { ...answer };
    if (plain.error !== undefined) plain.error = plainError(plain.error);
    if (plain.errors !== undefined) plain.errors = plain.errors.map(plainError);
    if (plain.ok === true || plain.errors?.length === 0) delete plain.errors;
    return plain;
}

/* The first thing in which two plain answers differ; undefined: in nothing. */
function differenceOf(ours, theirs) {
    if (ours.died !== undefined) return "our program died";
    if (ours.problem !== undefined) return "not a question";
    const ourErrors = errorsOf(ours);
    const theirErrors = errorsOf(theirs);
    if (ourErrors.length > 0 !== theirErrors.length > 0)
        return ourErrors.length > 0 ? "only we refuse" : "only the reference refuses";
    if ((ours.data === undefined) !== (theirs.data === undefined)) return "data or no data";
    if (ourErrors.length !== theirErrors.length) return "number of errors";
    for (const part of ["message", "locations", "path"]) {
        if (
            !same(
                ourErrors.map(error => error[part]),
                theirErrors.map(error => error[part]),
            )
        )
            return part;
    }
    if (!same(ours.data, theirs.data)) return "data";
    return same(ours.text, theirs.text) ? undefined : "text";
}

const isObject = value => value !== null && typeof value === "object";

/* The path to the first place in which two JSON values differ. */
export function firstDifference(ours, theirs, path = "") {
    if (!isObject(ours) || !isObject(theirs) || !same(Object.keys(ours), Object.keys(theirs))) {
        return `${path}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`;
    }
    const key = Object.keys(ours).find(each => !same(ours[each], theirs[each]));
    return firstDifference(ours[key], theirs[key], `${path}/${key}`);
}

const scalars = ["Int", "Float", "String", "Boolean", "ID"];

/* The order of types follows the whole schema, of which part is not seen; so do the scalars in use. */
function withSortedTypes(answer) {
    const types = answer.data?.__schema?.types;
    if (types === undefined) return answer;
    const sorted = types
        .filter(type => !scalars.includes(type.name))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return {
        ...answer,
        data: { ...answer.data, __schema: { ...answer.data.__schema, types: sorted } },
    };
}

/* undefined: they agree. Else { what, ours, theirs, reason } with a reason where it is meant to be so. */
export function compare(question, ourText, theirAnswer) {
    let answer;
    try {
        answer = JSON.parse(ourText);
    } catch {
        return { what: "our answer is not JSON", ours: ourText, theirs: theirAnswer };
    }
    const plain =
        question.hide === undefined ? plainAnswer : each => withSortedTypes(plainAnswer(each));
    const [ours, theirs] = [plain(answer), plain(theirAnswer)];
    const what = differenceOf(ours, theirs);
    if (what === undefined) return undefined;
    const meant = deliberate.find(each => each.holds({ question, what, ours, theirs }));
    return { what, ours, theirs, reason: meant?.reason };
}
