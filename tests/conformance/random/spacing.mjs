/* spacing: the same tokens with other ignored characters between them. */
import { Lexer, Source, TokenKind } from "graphql";

/* The texts of all tokens, comments left out; undefined when the text is not made of tokens. */
export function tokensOf(text) {
    const lexer = new Lexer(new Source(text));
    const tokens = [];
    try {
        for (;;) {
            const token = lexer.advance();
            if (token.kind === TokenKind.EOF) return tokens;
            tokens.push(text.slice(token.start, token.end));
        }
    } catch {
        return undefined;
    }
}

const wide = [
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ", ",
    " , ,",
    "\n\n  ",
    " # comment {\n",
    "#\r\n",
    "\ufeff ",
    "# 😀 é\n",
];

export function respace(random, text) {
    const tokens = tokensOf(text);
    if (tokens === undefined) return text;
    const oneLine = random.chance(0.3);
    const space = () =>
        oneLine
            ? " "
            : random.chance(0.8)
              ? random.pick([" ", " ", "\n", "\n  "])
              : random.pick(wide);
    const tight = (before, after) =>
        /^[!$()[\]{}:=|&@]/.test(after) || /[!$()[\]{}:=|&@]$/.test(before);
    return tokens
        .map((token, i) =>
            i > 0 && !(tight(tokens[i - 1], token) && random.chance(0.5))
                ? `${space()}${token}`
                : token,
        )
        .join("");
}
