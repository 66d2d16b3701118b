/* customer: what is found and said of customers beyond what is stored of them.
 *
 * customer_search_term holds every word, number and address a customer is known by, folded to lower
 * case without accents. What is looked for is folded the same way and cut into beginnings, all of
 * which must be found: each is a range of that table's primary key.
 */
#include "resolvers/customer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/fold.h"
#include "resolvers/day.h"
#include <ctype.h>

enum { WORDS_LIMIT = 6, SEARCH_BYTES_LIMIT = 200, SHORTEST_SEARCH = 2 };

/* Behind every text that begins with a term, in byte order. */
static const char beyond[] = "\xF4\x8F\xBF\xBF";

static void add_beginning(struct arena *arena, struct predicate *out, struct str beginning)
{
    if (out->parameter_count > 0)
        buf_add(out->sql, STR(" AND "));
    buf_add(out->sql, STR("t.`id` IN (SELECT s.customer_id FROM customer_search_term AS s "
                          "WHERE s.term >= ? AND s.term < ?)"));
    out->parameters[out->parameter_count++] = cell_text(beginning);
    out->parameters[out->parameter_count++] =
        cell_text(str_printf(arena, STR_FMT "%s", STR_ARG(beginning), beyond));
}

/* Only digits and what people put between them. */
static bool is_number(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (isdigit(c))
            digits++;
        else if (strchr(" +()-/.", c) == NULL || c == '\0')
            return false;
    }
    return digits >= SHORTEST_SEARCH;
}

/* +49 30 …, 0049 30 … and (030) … as their digits; an international prefix is left out. */
static struct str only_digits(struct arena *arena, struct str text)
{
    char *digits = arena_text(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (isdigit((unsigned char)text.at[i]))
            digits[len++] = text.at[i];
    }
    struct str number = {.at = digits, .len = len};
    if (str_starts(number, STR("00")) && len > 4)
        number = (struct str){.at = digits + 2, .len = len - 2};
    return number;
}

static struct str without_apostrophes(struct arena *arena, struct str word)
{
    char *joined = arena_text(arena, word.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] != '\'')
            joined[len++] = word.at[i];
    }
    return (struct str){.at = joined, .len = len};
}

/* The next piece between blanks and commas; empty at the end. */
static struct str next_piece(struct str *rest)
{
    while (rest->len > 0 && (isspace((unsigned char)*rest->at) || *rest->at == ','))
        *rest = (struct str){.at = rest->at + 1, .len = rest->len - 1};
    size_t len = 0;
    while (len < rest->len && !isspace((unsigned char)rest->at[len]) && rest->at[len] != ',')
        len++;
    struct str piece = {.at = rest->at, .len = len};
    *rest = (struct str){.at = rest->at + len, .len = rest->len - len};
    return piece;
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (isdigit((unsigned char)text.at[i]))
            return true;
    }
    return false;
}

/* Numbers, addresses and external ids are looked for whole, names by their words. */
static void add_piece(struct arena *arena, struct predicate *out, struct str piece)
{
    bool whole = has_digit(piece) || memchr(piece.at, '@', piece.len) != NULL;
    struct str word;
    if (whole) {
        add_beginning(arena, out, piece);
        return;
    }
    while (out->parameter_count + 2 <= out->parameter_limit && fold_next_word(&piece, &word)) {
        word = without_apostrophes(arena, word);
        if (word.len > 0)
            add_beginning(arena, out, word);
    }
}

enum status customer_search(const struct field *field, const struct input *arguments,
                            struct arena *arena, struct predicate *out, struct str *problem)
{
    struct str search = arguments[0].text;
    if (search.len > SEARCH_BYTES_LIMIT) {
        *problem = STR("The search is too long: give a number, a telephone number, an e-mail "
                       "address or a name.");
        return STATUS_INVALID;
    }
    if (is_number(search)) {
        add_beginning(arena, out, only_digits(arena, search));
        return STATUS_OK;
    }
    struct str folded = fold_text(arena, search);
    size_t letters = 0;
    for (size_t i = 0; i < folded.len; i++)
        letters += isalnum((unsigned char)folded.at[i]) || (unsigned char)folded.at[i] >= 0x80;
    for (uint32_t words = 0; words < WORDS_LIMIT; words++) {
        struct str piece = next_piece(&folded);
        if (piece.len == 0)
            break;
        add_piece(arena, out, piece);
    }
    if (letters < SHORTEST_SEARCH || out->parameter_count == 0) {
        *problem = STR("Type at least two letters or digits of what you are looking for.");
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

enum status customer_age(struct compute *compute)
{
    int64_t on = day_of(&compute->arguments[0]);
    for (uint32_t i = 0; i < compute->count; i++) {
        const struct cell *birth = compute_need(compute, i, 0);
        if (birth->kind != CELL_DATE)
            continue;
        if (birth->integer > on)
            compute_fail(compute, i, STATUS_INVALID,
                         STR("The customer was not born yet on that day."));
        else
            compute->out[i] = cell_int(day_years(birth->integer, on));
    }
    return STATUS_OK;
}
