/* statement: the SQL of one fetch for the keys, the page and the viewer of a request.
 *
 * The parts come from the plan; here they are only put together, with a parameter for every value.
 *   one parent               key = ? … ORDER BY … LIMIT n+1
 *   many parents, few rows   key IN (…) … ORDER BY key, …, cut while reading
 *   many parents, many rows  UNION ALL of the first form, some parents to a statement
 * Which are few is known from the schema's `average`; when it was wrong, more rows come than is
 * worth cutting, the statement stops there, and the third form is asked instead.
 */
#include "run/statement.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"

void statement_parameter(struct statement *statement, struct cell value)
{
    if (statement->parameter_count == statement->parameter_capacity) {
        uint32_t capacity =
            statement->parameter_capacity == 0 ? 16 : statement->parameter_capacity * 2;
        struct cell *parameters = arena_array(statement->sql.arena, struct cell, capacity);
        if (statement->parameter_count > 0)
            memcpy(parameters, statement->parameters,
                   statement->parameter_count * sizeof(*parameters));
        statement->parameters = parameters;
        statement->parameter_capacity = capacity;
    }
    statement->parameters[statement->parameter_count++] = value;
}

uint32_t statement_rows_wanted(const struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    if (fetch->kind != FETCH_ROWS || fetch->binding->kind == BIND_ONE)
        return 0;
    return batch->run->pages[fetch->index].limit + 1;
}

static bool is_deep(const struct batch *batch)
{
    uint32_t wanted = statement_rows_wanted(batch);
    return wanted > 0 && (batch->deep || batch->fetch->branch_count > 0 ||
                          pages_are_deep(batch->fetch->binding->average, wanted));
}

uint32_t statement_padded(uint32_t count)
{
    uint32_t power = 1;
    while (power < count)
        power *= 2;
    return power;
}

uint32_t statement_chunk(const struct batch *batch)
{
    if (batch->fetch->branch_count > 0)
        return merge_chunk(batch);
    return is_deep(batch) ? BRANCHES_IN_UNION : keys_in_list(statement_rows_wanted(batch));
}

/* Padded to powers of two with the last key, so that few different texts come of it and each can
 * stay prepared. */
static void add_keys(struct statement *statement, const struct cell *keys, uint32_t count)
{
    buf_add(&statement->sql, statement->fetch->sql.key);
    if (count == 1) {
        buf_add(&statement->sql, STR(" = ?"));
        statement_parameter(statement, keys[0]);
        return;
    }
    buf_add(&statement->sql, STR(" IN ("));
    for (uint32_t i = 0; i < statement_padded(count); i++) {
        buf_add(&statement->sql, i == 0 ? STR("?") : STR(",?"));
        statement_parameter(statement, keys[i < count ? i : count - 1]);
    }
    buf_add_char(&statement->sql, ')');
}

/* A text with a table in it, which is read as of a moment when one was asked for. */
static void add_from(struct statement *statement, struct str text, size_t moment_at)
{
    const struct cell *moment = moment_of(statement->batch);
    if (moment == NULL || moment_at == 0) {
        buf_add(&statement->sql, text);
        return;
    }
    buf_add(&statement->sql, (struct str){.at = text.at, .len = moment_at});
    buf_add(&statement->sql, STR(" FOR SYSTEM_TIME AS OF TIMESTAMP ?"));
    statement_parameter(statement, *moment);
    buf_add(&statement->sql, (struct str){.at = text.at + moment_at, .len = text.len - moment_at});
}

/* The mask of fields that the viewer sees. */
static void add_masks(struct statement *statement, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        statement_parameter(statement, history_mask(statement->batch));
}

static void add_changed(struct statement *statement)
{
    struct str changed = statement->fetch->sql.changed;
    if (changed.len == 0)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, changed);
    add_masks(statement, 1);
}

static void add_recorded(struct statement *statement, const struct row_rule *rule)
{
    const struct cell *moment = moment_of(statement->batch);
    if (moment == NULL || rule->recorded.len == 0)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, rule->recorded);
    statement_parameter(statement, *moment);
}

static void add_rule(struct statement *statement, const struct row_rule *rule)
{
    const struct viewer *viewer = statement->batch->run->call->viewer;
    bool then = viewer->kind == VIEWER_PARTNER && moment_of(statement->batch) != NULL;
    struct str condition = then ? rule->then : rule->condition[viewer->kind];
    add_recorded(statement, rule);
    if (condition.len == 0)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, condition);
    if (rule->bound[viewer->kind])
        statement_parameter(statement, narrow_scope(viewer));
}

/* MariaDB (10.11) forgets AS OF of a table that is joined when a statement is executed again:
 * then it gives all versions. So all are asked for, and the one of then is chosen in words. */
static void add_join(struct statement *statement, const struct join *join)
{
    const struct cell *moment = moment_of(statement->batch);
    if (moment == NULL || join->moment_at == 0) {
        buf_add(&statement->sql, join->text);
        return;
    }
    struct str text = join->text;
    buf_add(&statement->sql, (struct str){.at = text.at, .len = join->moment_at});
    buf_add(&statement->sql, STR(" FOR SYSTEM_TIME ALL"));
    buf_add(&statement->sql,
            (struct str){.at = text.at + join->moment_at, .len = text.len - join->moment_at});
    buf_add(&statement->sql, join->then);
    statement_parameter(statement, *moment);
    statement_parameter(statement, *moment);
}

static void add_joins(struct statement *statement)
{
    const struct fetch *fetch = statement->fetch;
    for (uint32_t i = 0; i < fetch->join_count; i++) {
        buf_add_char(&statement->sql, '\n');
        add_join(statement, &fetch->joins[i]);
        add_rule(statement, &fetch->joins[i].rule);
    }
}

static void add_predicate(struct statement *statement)
{
    const struct predicate *predicate = &statement->batch->run->predicates[statement->fetch->index];
    if (predicate->sql == NULL)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, buf_str(predicate->sql));
    for (uint32_t i = 0; i < predicate->parameter_count; i++)
        statement_parameter(statement, predicate->parameters[i]);
}

/* a <= ? AND (a < ? OR (b <= ? AND (b < ? …))): the form for which MariaDB reads a range of an
 * index. */
static void add_keyset(struct statement *statement, const struct page *page)
{
    if (page->cursor == NULL)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    for (uint32_t i = 0; i < page->order_count; i++) {
        const struct order_term *term = &page->order[i];
        const char *than = term->descending != page->backward ? "<" : ">";
        struct str place = operand_place(term->operand);
        bool last = i + 1 == page->order_count;
        if (!last) {
            buf_printf(&statement->sql, "t.`" STR_FMT "` %s= " STR_FMT " AND (",
                       STR_ARG(term->column), than, STR_ARG(place));
            statement_parameter(statement, page->cursor[i]);
        }
        buf_printf(&statement->sql, "t.`" STR_FMT "` %s " STR_FMT "%s", STR_ARG(term->column), than,
                   STR_ARG(place), last ? "" : " OR ");
        statement_parameter(statement, page->cursor[i]);
    }
    for (uint32_t i = 1; i < page->order_count; i++)
        buf_add_char(&statement->sql, ')');
}

static void add_order(struct statement *statement, bool by_key)
{
    const struct fetch *fetch = statement->fetch;
    const struct page *page = &statement->batch->run->pages[fetch->index];
    buf_add(&statement->sql, STR("\nORDER BY "));
    if (by_key) { /* in the direction of the rest: an index is read in one */
        buf_add(&statement->sql, fetch->sql.key);
        buf_add(&statement->sql,
                page->order[0].descending != page->backward ? STR(" DESC, ") : STR(", "));
    }
    for (uint32_t i = 0; i < page->order_count; i++)
        buf_printf(&statement->sql, "%st.`" STR_FMT "`%s", i == 0 ? "" : ", ",
                   STR_ARG(page->order[i].column),
                   page->order[i].descending != page->backward ? " DESC" : "");
}

/* SELECT … WHERE <keys> AND <rule> AND <predicate> */
void statement_head(struct statement *statement, const struct cell *keys, uint32_t count)
{
    const struct fetch_sql *sql = &statement->fetch->sql;
    add_masks(statement, sql->masks);
    add_from(statement, sql->select, sql->moment_at);
    add_joins(statement);
    buf_add(&statement->sql, STR("\nWHERE "));
    if (count > 0)
        add_keys(statement, keys, count);
    else
        buf_add(&statement->sql, STR("TRUE"));
    add_rule(statement, &sql->rule);
    add_changed(statement);
    add_predicate(statement);
}

void statement_limit(struct statement *statement, uint32_t limit)
{
    buf_add(&statement->sql, STR("\nLIMIT ?"));
    statement_parameter(statement, cell_int(limit));
}

/* The page of one parent, or of the root. */
static void make_page(struct statement *statement, const struct cell *key)
{
    const struct batch *batch = statement->batch;
    const struct page *page = &batch->run->pages[batch->fetch->index];
    statement_head(statement, key, key == NULL ? 0 : 1);
    add_keyset(statement, page);
    add_order(statement, false);
    statement_limit(statement, statement_rows_wanted(batch));
}

/* Padded with parents that do not exist, which cost nothing, so that few texts come of it. */
static void make_pages(struct statement *statement, const struct cell *keys, uint32_t count)
{
    static const struct cell nobody = {.kind = CELL_NULL};
    for (uint32_t i = 0; i < statement_padded(count); i++) {
        buf_add(&statement->sql, i == 0 ? STR("(") : STR("\nUNION ALL\n("));
        make_page(statement, i < count ? &keys[i] : &nobody);
        buf_add_char(&statement->sql, ')');
    }
}

/* All rows of several parents, up to a number that says the hint about them was wrong. */
static uint32_t make_lists(struct statement *statement, const struct cell *keys, uint32_t count)
{
    const struct batch *batch = statement->batch;
    const struct page *page = &batch->run->pages[batch->fetch->index];
    uint32_t limit = LISTS_CUT_FACTOR * count * statement_rows_wanted(batch);
    if (limit < ROWS_ALWAYS_CUT)
        limit = ROWS_ALWAYS_CUT;
    statement_head(statement, keys, count);
    add_keyset(statement, page);
    add_order(statement, true);
    statement_limit(statement, limit + 1);
    return limit;
}

/* To-one rows and counts: nothing to cut. */
static void make_all(struct statement *statement, const struct cell *keys, uint32_t count)
{
    const struct fetch *fetch = statement->fetch;
    statement_head(statement, keys, count);
    if (fetch->kind == FETCH_COUNT && count > 0) {
        buf_add(&statement->sql, STR("\nGROUP BY "));
        buf_add(&statement->sql, fetch->sql.key);
    }
}

void statement_make(struct batch *batch, const struct cell *keys, uint32_t count,
                    struct arena *arena, struct source_request *request)
{
    struct statement statement = {.batch = batch, .fetch = batch->fetch};
    buf_init(&statement.sql, arena, 512);
    if (batch->fetch->branch_count > 0)
        merge_make(&statement, keys, count);
    else if (statement_rows_wanted(batch) == 0)
        make_all(&statement, keys, count);
    else if (count <= 1)
        make_page(&statement, count == 0 ? NULL : keys);
    else if (is_deep(batch))
        make_pages(&statement, keys, count);
    else
        request->row_limit = make_lists(&statement, keys, count);
    request->sql = buf_str(&statement.sql);
    request->parameters = statement.parameters;
    request->parameter_count = statement.parameter_count;
}
