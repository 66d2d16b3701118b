/* customer_find: a condition for customers out of several things that are known of them.
 *
 * Candidates come from a derived table that stops after as many as are wanted, so that what half of
 * all customers have in common costs no more than what few have. It reads one of these first:
 *   a range of customer_search_term, for equal and for beginnings; which of several is the smallest
 *   is MariaDB's to say, which looks into the index before it decides;
 *   customer_search_gram, for endings of names and what is within: of all different words those
 *   that have it, and for each of them the range of its customers;
 *   customer_search_page, for endings of others and what is within: all terms of some customers in
 *   one text, read from front to back, of a partner only its own, also for names, else those that
 *   customer_search_sieve lets through.
 * Everything else is joined by the customer. Of several ranges that each are of very many, few
 * customers may have all: then customer_search_bits, where bits stand for customers, is read
 * instead (resolvers/customer_bits.h); which of both, the statement decides by counting to RARE.
 * Why so: docs/decisions/0016-search.md.
 */
#include "resolvers/customer_find.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "db/search_bits.h"
#include "db/search_pages.h"
#include "db/search_sieve.h"
#include "db/search_words.h"
#include "plan/binding.h"
#include "resolvers/customer_bits.h"
#include <assert.h>
#include <inttypes.h>

/* Behind every text that begins with a term, in byte order. */
static const char beyond[] = "\xF4\x8F\xBF\xBF";

/* A shorter beginning may be that of a hundred thousand, few of which are the partner's. */
enum { SELECTIVE_BEGINNING = 4 };

/* As many terms of a range are read one by one sooner than the bits of all customers. */
#ifndef RARE /* tests have few customers */
#define RARE "2048"
#endif

/* Of more beginnings the others are left to the terms, which are compared anyway. Who knows so many
 * texts has said enough; and there are only so many parameters. */
enum { BEGINNINGS_LIMIT = 3, TEXTS_FOR_BITS = 8 };

/* What is left after as many words of a sieve is looked for on the pages anyway. */
enum { WORDS_OF_SIEVE_LIMIT = 16 };

/* What the statement is made of, in the order of its text. */
struct making {
    struct arena *arena;
    struct buf from, where;
    struct predicate *out;
    uint32_t tables;
    struct str owner; /* the first table's column with the customer */
    struct str term;  /* the first alias of customer_search_term; empty: none */
    bool by_customer; /* few customers are left, so terms are looked for by them */
};

void customer_find_init(struct customer_find *find, struct arena *arena,
                        const struct viewer *viewer)
{
    *find = (struct customer_find){.arena = arena, .viewer = viewer};
}

bool customer_find_text(struct customer_find *find, const char *kind,
                        const struct search_pattern *pattern)
{
    if (find->text_count == FIND_TEXTS_LIMIT)
        return false;
    find->texts[find->text_count++] = (struct find_text){.kind = kind, .pattern = *pattern};
    return true;
}

void customer_find_row(struct customer_find *find, const char *table, const char *owner)
{
    assert(find->row_count < FIND_ROWS_LIMIT);
    find->rows[find->row_count++] = (struct find_row){.table = table, .owner = owner};
}

void customer_find_value(struct customer_find *find, const char *column, const char *condition,
                         struct cell value, bool narrow)
{
    assert(find->value_count < FIND_VALUES_LIMIT && find->row_count > 0);
    find->values[find->value_count++] = (struct find_value){
        .row = find->row_count - 1, .column = column, .condition = condition, .value = value};
    find->narrow = find->narrow || narrow;
}

static void add_value(struct making *making, struct cell value)
{
    assert(making->out->parameter_count < making->out->parameter_limit);
    making->out->parameters[making->out->parameter_count++] = value;
}

static void add_text(struct making *making, struct str text)
{
    add_value(making, cell_text(text));
}

static void begin_condition(struct making *making)
{
    if (making->where.len > 0)
        buf_add(&making->where, STR(" AND "));
}

/* Another table, of the same customer as those before; its alias. */
static struct str join(struct making *making, const char *table, const char *owner)
{
    struct str alias = str_printf(making->arena, "s%u", making->tables++);
    if (making->from.len > 0)
        buf_add(&making->from, STR(" JOIN "));
    buf_printf(&making->from, "%s AS " STR_FMT, table, STR_ARG(alias));
    struct str column = str_printf(making->arena, STR_FMT ".%s", STR_ARG(alias), owner);
    if (making->owner.len == 0) {
        making->owner = column;
        return alias;
    }
    begin_condition(making);
    buf_printf(&making->where, STR_FMT " = " STR_FMT, STR_ARG(column), STR_ARG(making->owner));
    return alias;
}

/* ---- terms ---- */

static void add_kind(struct making *making, struct str alias, const char *kind)
{
    if (kind == NULL)
        return;
    begin_condition(making);
    buf_printf(&making->where, STR_FMT ".kind = ?", STR_ARG(alias));
    add_text(making, str_of(kind));
}

static struct str like_of(struct arena *arena, const struct search_pattern *pattern)
{
    return search_like(arena, "%", pattern->text, pattern->form == SEARCH_ENDS ? "" : "%");
}

static void add_term(struct making *making, struct str alias, const struct search_pattern *pattern)
{
    struct str text = pattern->text;
    begin_condition(making);
    switch (pattern->form) {
    case SEARCH_EQUAL:
        buf_printf(&making->where, STR_FMT ".term = ?", STR_ARG(alias));
        add_text(making, text);
        return;
    case SEARCH_BEGINS:
        buf_printf(&making->where, STR_FMT ".term >= ? AND " STR_FMT ".term < ?", STR_ARG(alias),
                   STR_ARG(alias));
        add_text(making, text);
        add_text(making, str_printf(making->arena, STR_FMT "%s", STR_ARG(text), beyond));
        return;
    case SEARCH_ENDS:
    case SEARCH_CONTAINS:
        buf_printf(&making->where, STR_FMT ".term LIKE ? ESCAPE '!'", STR_ARG(alias));
        add_text(making, like_of(making->arena, pattern));
        return;
    }
}

static void join_text(struct making *making, const struct find_text *text)
{
    struct str alias = join(making, "customer_search_term", "customer_id");
    if (making->term.len == 0)
        making->term = alias;
    if (making->by_customer)
        buf_add(&making->from, STR(" FORCE INDEX (customer_search_term_customer)"));
    add_kind(making, alias, text->kind);
    add_term(making, alias, &text->pattern);
}

/* ---- what is read first ---- */

static bool is_range(const struct customer_find *find, const struct find_text *text)
{
    if (text->pattern.form != SEARCH_BEGINS)
        return text->pattern.form == SEARCH_EQUAL;
    return find->viewer->kind != VIEWER_PARTNER || text->pattern.text.len >= SELECTIVE_BEGINNING;
}

/* The text to look for within terms, or NULL: there is something better to begin with. */
static const struct find_text *inner_text(const struct customer_find *find)
{
    const struct find_text *longest = NULL;
    if (find->narrow || find->viewer->kind == VIEWER_CUSTOMER)
        return NULL;
    for (uint32_t i = 0; i < find->text_count; i++) {
        const struct find_text *text = &find->texts[i];
        if (is_range(find, text))
            return NULL;
        if (longest == NULL || text->pattern.text.len > longest->pattern.text.len)
            longest = text;
    }
    return longest;
}

/* Names have few different words, many times each. */
static bool is_by_words(const struct customer_find *find, const struct find_text *text)
{
    return find->viewer->kind == VIEWER_OPERATOR && text->kind != NULL &&
           str_equal(str_of(text->kind), STR("NAME")) &&
           search_characters(text->pattern.text, SEARCH_GRAM).len > 0;
}

static void begin_with_words(struct making *making, const struct find_text *text)
{
    buf_add(&making->from, STR("customer_search_gram AS g"));
    buf_add(&making->where, STR("g.gram = ?"));
    add_text(making, search_characters(text->pattern.text, SEARCH_GRAM));
    buf_add(&making->where, STR(" AND g.word LIKE ? ESCAPE '!' AND s0.term = g.word"));
    add_text(making, like_of(making->arena, &text->pattern));
    join_text(making, text);
}

/* Within a page every term stands between two ends of line. Of a telephone number there is only the
 * international form, so what begins with a zero may be there without it. */
static struct str text_on_page(struct arena *arena, const struct search_pattern *pattern)
{
    bool front = pattern->form == SEARCH_EQUAL || pattern->form == SEARCH_BEGINS;
    bool back = pattern->form == SEARCH_EQUAL || pattern->form == SEARCH_ENDS;
    struct str text = pattern->text;
    if (pattern->form == SEARCH_BEGINS && text.len > 1 && text.at[0] == '0') {
        text = (struct str){.at = text.at + 1, .len = text.len - 1};
        front = false;
    }
    return str_printf(arena, "%s" STR_FMT "%s", front ? "\n" : "", STR_ARG(text), back ? "\n" : "");
}

/* Pages of one partner are few, and read one and all. */
static void begin_with_partners(struct making *making, const struct viewer *viewer)
{
    buf_add(&making->from, STR("partner AS o JOIN customer_search_page AS g FORCE INDEX "
                               "(customer_search_page_partner)"));
    buf_add(&making->where, STR("o.path LIKE CONCAT(?, '%') AND g.partner_id = o.id"));
    add_text(making, viewer->scope_path);
}

/* Only pages that may have the text are read. Of four bytes in a row fewer pages have those of a
 * pattern than of three, so they are looked at first. */
static void begin_with_sieve(struct making *making, const char *kind, struct str text)
{
    struct search_sieve sieve = {0};
    search_sieve_add(&sieve, text);
    buf_add(&making->from, STR("customer_search_sieve AS v JOIN customer_search_page AS g"));
    add_kind(making, STR("v"), kind);
    for (int i = SIEVE_WORDS - 1, words = 0; i >= 0 && words < WORDS_OF_SIEVE_LIMIT; i--) {
        if (sieve.words[i] == 0)
            continue;
        begin_condition(making);
        buf_printf(&making->where, "v.s%d & ? = ?", i);
        add_value(making, cell_int(sieve.words[i]));
        add_value(making, cell_int(sieve.words[i]));
        words++;
    }
    begin_condition(making);
    buf_add(&making->where, STR("g.kind = v.kind AND g.page = v.page"));
}

/* The terms of a page that have the text: where the page has it once, that is a term as a whole,
 * which the table is asked for; else, or where that finds nobody, all terms of the page are read.
 */
static const char terms_of_page[] =
    " LEFT JOIN customer_search_term AS s0"
    " ON LOCATE(?, g.terms, LOCATE(?, g.terms) + 1) = 0 AND s0.term = CONVERT(CONCAT("
    "SUBSTRING_INDEX(LEFT(g.terms, LOCATE(?, g.terms) - 1), CHAR(10), -1), "
    "SUBSTRING_INDEX(SUBSTRING(g.terms, LOCATE(?, g.terms)), CHAR(10), 1)) USING utf8mb4)"
    " AND s0.kind = g.kind AND s0.page = g.page"
    " LEFT JOIN customer_search_term AS s1 ON s0.customer_id IS NULL"
    " AND s1.page = g.page AND s1.kind = g.kind AND s1.term LIKE ? ESCAPE '!'";

enum { LOCATES_IN_TERMS_OF_PAGE = 4 };

/* Whoever has the term on the page is meant, so it must be of few: a word of a name is of many. And
 * what goes across an end of line is in no term. */
static bool is_by_terms_of_page(const struct find_text *text)
{
    bool inner = text->pattern.form == SEARCH_ENDS || text->pattern.form == SEARCH_CONTAINS;
    return inner && text->kind != NULL && !str_equal(str_of(text->kind), STR("NAME")) &&
           memchr(text->pattern.text.at, '\n', text->pattern.text.len) == NULL;
}

/* Parameters of joins stand before those of conditions. */
static void add_terms_of_page_values(struct making *making, struct str on_page,
                                     const struct find_text *text)
{
    for (int i = 0; i < LOCATES_IN_TERMS_OF_PAGE; i++)
        add_text(making, on_page);
    add_text(making, like_of(making->arena, &text->pattern));
}

static void join_terms_of_page(struct making *making)
{
    buf_add(&making->from, STR(terms_of_page));
    making->tables = 2;
    making->owner = STR("COALESCE(s0.customer_id, s1.customer_id)");
    begin_condition(making);
    buf_printf(&making->where, STR_FMT " IS NOT NULL", STR_ARG(making->owner));
}

static void begin_with_pages(struct making *making, const struct viewer *viewer,
                             const struct find_text *text)
{
    struct str on_page = text_on_page(making->arena, &text->pattern);
    bool by_terms = is_by_terms_of_page(text);
    if (by_terms)
        add_terms_of_page_values(making, on_page, text);
    if (viewer->kind == VIEWER_PARTNER)
        begin_with_partners(making, viewer);
    else
        begin_with_sieve(making, text->kind, on_page);
    buf_add(&making->where, STR(" AND g.terms LIKE ? ESCAPE '!'"));
    add_text(making, search_like(making->arena, "%", on_page, "%"));
    add_kind(making, STR("g"), text->kind);
    if (by_terms) {
        join_terms_of_page(making);
        return;
    }
    buf_add(&making->where, STR(" AND s0.page = g.page AND s0.kind = g.kind"));
    join_text(making, text);
}

/* The rule for the rows of the list is the planner's; but only who is seen may be a candidate. */
static void add_scope(struct making *making, const struct viewer *viewer)
{
    if (viewer->kind == VIEWER_OPERATOR)
        return;
    if (viewer->kind == VIEWER_CUSTOMER) {
        begin_condition(making);
        buf_printf(&making->where, STR_FMT " = ?", STR_ARG(making->owner));
        add_value(making, cell_int(viewer->scope_id));
        return;
    }
    struct str partner = making->term.len > 0
                             ? str_printf(making->arena, STR_FMT ".page DIV %" PRId64,
                                          STR_ARG(making->term), SEARCH_PAGES_OF_PARTNER)
                             : str_printf(making->arena, STR_FMT ".partner_id",
                                          STR_ARG(join(making, "customer", "id")));
    begin_condition(making);
    buf_printf(&making->where,
               STR_FMT " IN (SELECT p.id FROM partner AS p WHERE p.path LIKE CONCAT(?, '%%'))",
               STR_ARG(partner));
    add_text(making, viewer->scope_path);
}

static void join_rows(struct making *making, const struct customer_find *find)
{
    for (uint32_t row = 0; row < find->row_count; row++) {
        struct str alias = join(making, find->rows[row].table, find->rows[row].owner);
        for (uint32_t i = 0; i < find->value_count; i++) {
            const struct find_value *value = &find->values[i];
            if (value->row != row)
                continue;
            begin_condition(making);
            buf_printf(&making->where, STR_FMT ".%s %s", STR_ARG(alias), value->column,
                       value->condition);
            add_value(making, value->value);
        }
    }
}

static void write_select(struct making *making, const char *hints, uint32_t limit)
{
    struct buf *sql = making->out->sql;
    buf_printf(sql, "SELECT %sDISTINCT " STR_FMT " AS id FROM " STR_FMT " WHERE " STR_FMT, hints,
               STR_ARG(making->owner), STR_ARG(buf_str(&making->from)),
               STR_ARG(buf_str(&making->where)));
    if (limit == 0)
        return;
    buf_add(sql, STR(" LIMIT ?"));
    add_value(making, cell_int(limit));
}

static void begin_select(struct making *making, const struct customer_find *find,
                         struct predicate *out)
{
    *making = (struct making){.arena = find->arena, .out = out};
    buf_init(&making->from, find->arena, 256);
    buf_init(&making->where, find->arena, 512);
}

static void join_all(struct making *making, const struct customer_find *find,
                     const struct find_text *but)
{
    for (uint32_t i = 0; i < find->text_count; i++) {
        if (&find->texts[i] != but)
            join_text(making, &find->texts[i]);
    }
    join_rows(making, find);
}

static void select_one_by_one(const struct customer_find *find, uint32_t limit,
                              struct predicate *out)
{
    struct making making;
    const struct find_text *first = inner_text(find);
    bool by_words = first != NULL && is_by_words(find, first);
    begin_select(&making, find, out);
    if (by_words)
        begin_with_words(&making, first);
    else if (first != NULL)
        begin_with_pages(&making, find->viewer, first);
    join_all(&making, find, first);
    if (first == NULL || find->viewer->kind != VIEWER_PARTNER)
        add_scope(&making, find->viewer);
    write_select(&making, first != NULL ? "STRAIGHT_JOIN " : "", limit);
}

/* On pages a telephone number does not begin with the zero of those who dial it at home. So who has
 * one that begins with what was asked, or is that, is looked for as well. */
static bool at_home(const struct customer_find *find, struct customer_find *out)
{
    const struct find_text *first = inner_text(find);
    if (first == NULL || first->pattern.text.at[0] != '0' ||
        (first->pattern.form != SEARCH_ENDS && first->pattern.form != SEARCH_CONTAINS))
        return false;
    *out = *find;
    out->texts[first - find->texts].pattern.form =
        first->pattern.form == SEARCH_ENDS ? SEARCH_EQUAL : SEARCH_BEGINS;
    return true;
}

/* ---- several beginnings that very many have ---- */

struct beginnings {
    const struct find_text *texts[BEGINNINGS_LIMIT];
    struct str rows[BEGINNINGS_LIMIT]; /* of customer_search_bits */
    uint32_t count;
    bool of_partner;
};

/* Of what begins with a digit there are no bits: telephone numbers all begin alike. */
static struct str beginning_of(const struct search_pattern *pattern)
{
    bool front = pattern->form == SEARCH_EQUAL || pattern->form == SEARCH_BEGINS;
    if (!front || pattern->text.len == 0 || (unsigned char)pattern->text.at[0] <= '9')
        return (struct str){0};
    struct str longer = search_characters(pattern->text, SEARCH_BEGINNING_LONG);
    return longer.len > 0 ? longer : search_characters(pattern->text, SEARCH_BEGINNING_SHORT);
}

/* Those that bits are read for; none: they are no help. One is, to a partner, whose own bits are
 * few. */
static void gather_beginnings(const struct customer_find *find, struct beginnings *beginnings)
{
    *beginnings = (struct beginnings){.of_partner = find->viewer->kind == VIEWER_PARTNER};
    if (find->narrow || find->viewer->kind == VIEWER_CUSTOMER || find->text_count > TEXTS_FOR_BITS)
        return;
    for (uint32_t i = 0; i < find->text_count && beginnings->count < BEGINNINGS_LIMIT; i++) {
        struct str row = beginning_of(&find->texts[i].pattern);
        bool known = row.len == 0;
        for (uint32_t j = 0; j < beginnings->count; j++)
            known |= str_equal(beginnings->rows[j], row);
        if (known)
            continue;
        beginnings->rows[beginnings->count] = row;
        beginnings->texts[beginnings->count++] = &find->texts[i];
    }
    if (beginnings->count == 1 && !beginnings->of_partner)
        beginnings->count = 0;
}

/* How many terms there are of the rarest, as far as it matters. */
static void add_guard(struct making *making, const struct beginnings *beginnings, const char *how)
{
    struct making range;
    begin_condition(making);
    buf_add(&making->where, beginnings->count > 1 ? STR("LEAST(") : STR("("));
    for (uint32_t i = 0; i < beginnings->count; i++) {
        range = (struct making){.arena = making->arena, .out = making->out};
        buf_init(&range.where, making->arena, 128);
        add_kind(&range, STR("r"), beginnings->texts[i]->kind);
        add_term(&range, STR("r"), &beginnings->texts[i]->pattern);
        buf_printf(&making->where,
                   "%s(SELECT COUNT(*) FROM (SELECT 1 FROM customer_search_term AS r WHERE " STR_FMT
                   " LIMIT " RARE ") AS c)",
                   i == 0 ? "" : ", ", STR_ARG(buf_str(&range.where)));
    }
    buf_printf(&making->where, ") %s " RARE, how);
}

static void begin_with_bits(struct making *making, const struct customer_find *find,
                            const struct beginnings *beginnings)
{
    making->owner = customer_bits_join(making->arena, &making->from, &making->where,
                                       beginnings->count, beginnings->of_partner);
    if (beginnings->of_partner)
        add_text(making, find->viewer->scope_path);
    for (uint32_t i = 0; i < beginnings->count; i++)
        add_text(making, beginnings->rows[i]);
}

static void select_by_bits(const struct customer_find *find, const struct beginnings *beginnings,
                           uint32_t limit, struct predicate *out)
{
    struct making making;
    begin_select(&making, find, out);
    begin_with_bits(&making, find, beginnings);
    making.by_customer = true;
    join_all(&making, find, NULL);
    add_scope(&making, find->viewer);
    add_guard(&making, beginnings, ">=");
    write_select(&making, "STRAIGHT_JOIN ", limit);
}

static void select_one_by_one_if_rare(const struct customer_find *find,
                                      const struct beginnings *beginnings, uint32_t limit,
                                      struct predicate *out)
{
    struct making making;
    begin_select(&making, find, out);
    join_all(&making, find, NULL);
    add_scope(&making, find->viewer);
    add_guard(&making, beginnings, "<");
    write_select(&making, "", limit);
}

/* Two selects: who is found by either. */
static void begin_second(struct predicate *out)
{
    buf_add(out->sql, STR(") UNION ALL ("));
}

bool customer_find_finish(struct customer_find *find, uint32_t limit, struct predicate *out)
{
    struct beginnings beginnings;
    struct customer_find home;
    if (find->text_count == 0 && find->row_count == 0)
        return false;
    gather_beginnings(find, &beginnings);
    buf_add(out->sql, STR("t.id IN (SELECT f.id FROM (("));
    if (beginnings.count > 0) {
        select_one_by_one_if_rare(find, &beginnings, limit, out);
        begin_second(out);
        select_by_bits(find, &beginnings, limit, out);
    } else {
        select_one_by_one(find, limit, out);
        if (at_home(find, &home)) {
            begin_second(out);
            select_one_by_one(&home, limit, out);
        }
    }
    buf_add(out->sql, STR(")) AS f)"));
    return true;
}
