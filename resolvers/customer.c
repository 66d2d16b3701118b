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
#include "resolvers/customer_find.h"
#include "resolvers/day.h"
#include "resolvers/search_pattern.h"
#include <ctype.h>

/* Of more the first ones that are met: enough to see that more has to be said. */
enum { CANDIDATES = 500, WORDS_LIMIT = 8 };

static void add_beginning(struct customer_find *find, struct str beginning)
{
    const struct search_pattern pattern = {.form = SEARCH_BEGINS, .text = beginning};
    customer_find_text(find, NULL, &pattern);
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
static void add_piece(struct arena *arena, struct customer_find *find, struct str piece)
{
    bool whole = has_digit(piece) || memchr(piece.at, '@', piece.len) != NULL;
    struct str word;
    if (whole) {
        add_beginning(find, piece);
        return;
    }
    while (find->text_count < WORDS_LIMIT && fold_next_word(&piece, &word)) {
        word = search_without_apostrophes(arena, word);
        if (word.len > 0)
            add_beginning(find, word);
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
    struct customer_find find;
    customer_find_init(&find, arena, out->viewer);
    if (search_is_number(search)) {
        add_beginning(&find, search_digits(arena, search));
        customer_find_finish(&find, CANDIDATES, out);
        return STATUS_OK;
    }
    struct str folded = fold_text(arena, search);
    size_t letters = 0;
    for (size_t i = 0; i < folded.len; i++)
        letters += isalnum((unsigned char)folded.at[i]) || (unsigned char)folded.at[i] >= 0x80;
    for (uint32_t pieces = 0; pieces < SEARCH_WORDS_LIMIT; pieces++) {
        struct str piece = next_piece(&folded);
        if (piece.len == 0)
            break;
        add_piece(arena, &find, piece);
    }
    if (letters < SEARCH_SHORTEST || !customer_find_finish(&find, CANDIDATES, out)) {
        *problem = STR("Type at least two letters or digits of what you are looking for.");
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

enum status customer_age(struct compute *compute)
{
    int64_t on = day_of(&compute->arguments[0], compute->moment);
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

enum status customer_verification_state(struct compute *compute)
{
    int64_t on = day_of(&compute->arguments[0], compute->moment);
    for (uint32_t i = 0; i < compute->count; i++) {
        bool verified = compute_need(compute, i, 0)->integer != 0;
        const struct cell *until = compute_need(compute, i, 1);
        bool expired = until->kind == CELL_DATE && until->integer < on;
        compute->out[i] = cell_text(str_of(!verified ? "UNVERIFIED"
                                           : expired ? "EXPIRED"
                                                     : "VERIFIED"));
    }
    return STATUS_OK;
}
