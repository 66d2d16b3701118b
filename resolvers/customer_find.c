/* customer_find: a condition for customers out of several things that are known of them.
 *
 * Candidates come from a derived table that stops after as many as are wanted, so that what half of
 * all customers have in common costs no more than what few have. It reads one of these first:
 *   a range of customer_search_term, for equal and for beginnings; which of several is the smallest
 *   is MariaDB's to say, which looks into the index before it decides;
 *   customer_search_page, for endings and what is within: all terms of some customers in one text,
 *   read from front to back, of a partner only its own, else those that customer_search_sieve lets
 *   through.
 * Everything else is joined by the customer. Why so: docs/decisions/0016-search.md.
 */
#include "resolvers/customer_find.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "db/search_pages.h"
#include "db/search_sieve.h"
#include "plan/binding.h"
#include <assert.h>
#include <inttypes.h>

/* Behind every text that begins with a term, in byte order. */
static const char beyond[] = "\xF4\x8F\xBF\xBF";

/* A shorter beginning may be that of a hundred thousand, few of which are the partner's. */
enum { SELECTIVE_BEGINNING = 4 };

/* What the statement is made of, in the order of its text. */
struct making {
    struct arena *arena;
    struct buf from, where;
    struct predicate *out;
    uint32_t tables;
    struct str owner; /* the first table's column with the customer */
    struct str term;  /* the first alias of customer_search_term; empty: none */
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
        add_text(making,
                 search_like(making->arena, "%", text, pattern->form == SEARCH_ENDS ? "" : "%"));
        return;
    }
}

static void join_text(struct making *making, const struct find_text *text)
{
    struct str alias = join(making, "customer_search_term", "customer_id");
    if (making->term.len == 0)
        making->term = alias;
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

/* The text to read pages for, or NULL: there is something better to begin with. */
static const struct find_text *page_text(const struct customer_find *find)
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

/* Within a page every term stands between two ends of line. Of a telephone number there is only the
 * international form, so a zero at the front is left to the terms, which are compared after it. */
static struct str text_on_page(struct arena *arena, const struct search_pattern *pattern)
{
    bool front = pattern->form == SEARCH_EQUAL || pattern->form == SEARCH_BEGINS;
    bool back = pattern->form == SEARCH_EQUAL || pattern->form == SEARCH_ENDS;
    struct str text = pattern->text;
    if (pattern->form != SEARCH_EQUAL && text.len > 1 && text.at[0] == '0') {
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

/* Only pages that may have the text are read. */
static void begin_with_sieve(struct making *making, const char *kind, struct str text)
{
    struct search_sieve sieve = {0};
    search_sieve_add(&sieve, text);
    buf_add(&making->from, STR("customer_search_sieve AS v JOIN customer_search_page AS g"));
    add_kind(making, STR("v"), kind);
    for (int i = 0; i < SIEVE_WORDS; i++) {
        if (sieve.words[i] == 0)
            continue;
        begin_condition(making);
        buf_printf(&making->where, "v.s%d & ? = ?", i);
        add_value(making, cell_int(sieve.words[i]));
        add_value(making, cell_int(sieve.words[i]));
    }
    begin_condition(making);
    buf_add(&making->where, STR("g.kind = v.kind AND g.page = v.page"));
}

static void begin_with_pages(struct making *making, const struct viewer *viewer,
                             const struct find_text *text)
{
    struct str on_page = text_on_page(making->arena, &text->pattern);
    if (viewer->kind == VIEWER_PARTNER)
        begin_with_partners(making, viewer);
    else
        begin_with_sieve(making, text->kind, on_page);
    buf_add(&making->where, STR(" AND g.terms LIKE ? ESCAPE '!'"));
    add_text(making, search_like(making->arena, "%", on_page, "%"));
    add_kind(making, STR("g"), text->kind);
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

bool customer_find_finish(struct customer_find *find, uint32_t limit, struct predicate *out)
{
    const struct find_text *first = page_text(find);
    struct making making = {.arena = find->arena, .out = out};
    if (find->text_count == 0 && find->row_count == 0)
        return false;
    buf_init(&making.from, find->arena, 256);
    buf_init(&making.where, find->arena, 512);
    if (first != NULL)
        begin_with_pages(&making, find->viewer, first);
    for (uint32_t i = 0; i < find->text_count; i++) {
        if (&find->texts[i] != first)
            join_text(&making, &find->texts[i]);
    }
    join_rows(&making, find);
    if (first == NULL || find->viewer->kind != VIEWER_PARTNER)
        add_scope(&making, find->viewer);
    buf_printf(out->sql, "t.id IN (SELECT f.id FROM (SELECT %sDISTINCT " STR_FMT " AS id FROM ",
               first != NULL ? "STRAIGHT_JOIN " : "", STR_ARG(making.owner));
    buf_printf(out->sql, STR_FMT " WHERE " STR_FMT, STR_ARG(buf_str(&making.from)),
               STR_ARG(buf_str(&making.where)));
    if (limit > 0) {
        buf_add(out->sql, STR(" LIMIT ?"));
        add_value(&making, cell_int(limit));
    }
    buf_add(out->sql, STR(") AS f)"));
    return true;
}
