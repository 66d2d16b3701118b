/* csv_write: cells of comma-separated values that no spreadsheet takes for a formula. */
#include "export/csv_write.h"

#include "base/buf.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* -12.50: digits, of which a point may have some before and some behind it. */
static bool is_number(struct str text)
{
    size_t at = text.len > 0 && text.at[0] == '-', points = 0;
    if (at == text.len || !is_digit(text.at[at]) || !is_digit(text.at[text.len - 1]))
        return false;
    for (; at < text.len; at++) {
        points += text.at[at] == '.';
        if (!is_digit(text.at[at]) && (text.at[at] != '.' || points > 1))
            return false;
    }
    return true;
}

/* What spreadsheets calculate, also behind spaces; the wide forms of these signs among them. */
static bool is_formula(struct str text)
{
    static const struct str beginnings[] = {STR("="),  STR("+"),  STR("-"),  STR("@"),
                                            STR("\t"), STR("\r"), STR("\n"), STR("＝"),
                                            STR("＋"), STR("－"), STR("＠")};
    while (text.len > 0 && text.at[0] == ' ')
        text = (struct str){.at = text.at + 1, .len = text.len - 1};
    if (is_number(text))
        return false;
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        if (str_starts(text, beginnings[i]))
            return true;
    return false;
}

static bool needs_quotes(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr(",;\"\r\n\t", text.at[i]) != NULL)
            return true;
    return text.len > 0 && (text.at[0] == ' ' || text.at[text.len - 1] == ' ');
}

void csv_write_cell(struct buf *out, struct str text)
{
    bool quotes = needs_quotes(text);
    if (quotes)
        buf_add_char(out, '"');
    if (is_formula(text))
        buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.at[i]);
    }
    if (quotes)
        buf_add_char(out, '"');
}

void csv_write_next(struct buf *out)
{
    buf_add_char(out, ',');
}

void csv_write_end(struct buf *out)
{
    buf_add(out, STR("\r\n"));
}
