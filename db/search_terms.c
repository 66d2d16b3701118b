/* search_terms: what one customer can be asked for by, each term once. */
#include "search_terms.h"

#include "base/arena.h"
#include "fold.h"

/* How numbers are dialled within the countries whose E.164 numbers begin so. */
static const struct {
    const char *country_code;
    const char *trunk_prefix;
} dialling[] = {
    {"1", ""}, {"33", "0"}, {"353", "0"}, {"44", "0"}, {"49", "0"},
};

/* A kind that a term has already; a corporation has tens of thousands of terms. */
struct known {
    const char *kind;
    const struct known *next;
};

void search_terms_init(struct search_terms *terms, struct arena *arena)
{
    *terms = (struct search_terms){.arena = arena};
    map_init(&terms->of_term, arena, 0);
}

static struct str cut(struct str term)
{
    if (term.len <= SEARCH_TERM_LIMIT)
        return term;
    term.len = SEARCH_TERM_LIMIT;
    while (((unsigned char)term.at[term.len] & 0xC0) == 0x80)
        term.len--;
    return term;
}

static void add(struct search_terms *terms, struct str term, const char *kind)
{
    term = cut(term);
    if (term.len == 0)
        return;
    const struct known *same = map_get(&terms->of_term, term);
    for (const struct known *known = same; known != NULL; known = known->next) {
        if (strcmp(known->kind, kind) == 0)
            return;
    }
    struct known *known = arena_new(terms->arena, struct known);
    *known = (struct known){.kind = kind, .next = same};
    map_put(&terms->of_term, term, known);
    if (terms->count == terms->capacity) {
        uint32_t capacity = terms->capacity == 0 ? 16 : terms->capacity * 2;
        struct search_term *items = arena_array(terms->arena, struct search_term, capacity);
        if (terms->count > 0)
            memcpy(items, terms->items, sizeof(*items) * terms->count);
        terms->items = items;
        terms->capacity = capacity;
    }
    terms->items[terms->count++] = (struct search_term){.term = term, .kind = kind};
}

/* O'Brien is looked for as obrien and as brien. */
static void add_word(struct search_terms *terms, struct str word)
{
    char *joined = arena_text(terms->arena, word.len + 1);
    size_t length = 0;
    struct str tail = word;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] != '\'')
            joined[length++] = word.at[i];
        else
            tail = (struct str){.at = word.at + i + 1, .len = word.len - i - 1};
    }
    add(terms, (struct str){.at = joined, .len = length}, "NAME");
    if (tail.len < word.len)
        add(terms, tail, "NAME");
}

static void add_words(struct search_terms *terms, struct str folded)
{
    struct str word;
    while (fold_next_word(&folded, &word))
        add_word(terms, word);
}

void search_terms_add_name(struct search_terms *terms, struct str name)
{
    add_words(terms, fold_text(terms->arena, name));
    add_words(terms, fold_text_german(terms->arena, name));
}

void search_terms_add_telephone(struct search_terms *terms, struct str e164, const char *kind)
{
    struct str digits = {.at = e164.at + 1, .len = e164.len - 1};
    add(terms, digits, kind);
    for (size_t i = 0; i < sizeof(dialling) / sizeof(dialling[0]); i++) {
        struct str code = str_of(dialling[i].country_code);
        if (!str_starts(digits, code))
            continue;
        struct str national = {.at = digits.at + code.len, .len = digits.len - code.len};
        add(terms,
            str_printf(terms->arena, "%s" STR_FMT, dialling[i].trunk_prefix, STR_ARG(national)),
            kind);
        return;
    }
}

void search_terms_add_whole(struct search_terms *terms, struct str text, const char *kind)
{
    add(terms, fold_text(terms->arena, text), kind);
}
