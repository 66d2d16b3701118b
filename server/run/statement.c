/* statement: the SQL of one fetch for the keys, the page and the viewer of a request.
 *
 * The parts come from the plan; here they are only put together, with a parameter for every value.
 *   one parent            key = ? … ORDER BY … LIMIT n+1
 *   many parents, a list  key IN (…) … ORDER BY key, …, cut while reading
 *   many parents, pages   UNION ALL of the first form, some parents to a statement
 */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"

struct statement {
    struct batch *batch;
    struct buf sql;
    struct cell *parameters;
    uint32_t parameter_count;
    uint32_t parameter_capacity;
};

static void add_parameter(struct statement *statement, struct cell value)
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

static bool is_paged(const struct batch *batch)
{
    return batch->fetch->kind == FETCH_ROWS && batch->fetch->binding->kind == BIND_CONNECTION;
}

uint32_t statement_chunk(const struct batch *batch)
{
    return is_paged(batch) ? BRANCHES_IN_UNION : KEYS_IN_LIST;
}

/* Padded to powers of two with the last key, so that few different texts come of it and each can
 * stay prepared. */
static void add_keys(struct statement *statement, const struct cell *keys, uint32_t count)
{
    buf_add(&statement->sql, statement->batch->fetch->sql.key);
    if (count == 1) {
        buf_add(&statement->sql, STR(" = ?"));
        add_parameter(statement, keys[0]);
        return;
    }
    uint32_t padded = 2;
    while (padded < count)
        padded *= 2;
    buf_add(&statement->sql, STR(" IN ("));
    for (uint32_t i = 0; i < padded; i++) {
        buf_add(&statement->sql, i == 0 ? STR("?") : STR(",?"));
        add_parameter(statement, keys[i < count ? i : count - 1]);
    }
    buf_add_char(&statement->sql, ')');
}

static void add_rule(struct statement *statement, const struct row_rule *rule)
{
    const struct viewer *viewer = statement->batch->run->call->viewer;
    if (rule->condition[viewer->kind].len == 0)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, rule->condition[viewer->kind]);
    if (rule->bound[viewer->kind])
        add_parameter(statement, viewer->kind == VIEWER_PARTNER ? cell_text(viewer->scope_path)
                                                                : cell_int(viewer->scope_id));
}

static void add_joins(struct statement *statement)
{
    const struct fetch *fetch = statement->batch->fetch;
    for (uint32_t i = 0; i < fetch->join_count; i++) {
        buf_add_char(&statement->sql, '\n');
        buf_add(&statement->sql, fetch->joins[i].text);
        add_rule(statement, &fetch->joins[i].rule);
    }
}

static void add_predicate(struct statement *statement)
{
    const struct predicate *predicate =
        &statement->batch->run->predicates[statement->batch->fetch->index];
    if (predicate->sql == NULL)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    buf_add(&statement->sql, buf_str(predicate->sql));
    for (uint32_t i = 0; i < predicate->parameter_count; i++)
        add_parameter(statement, predicate->parameters[i]);
}

/* a <= ? AND (a < ? OR (b <= ? AND (b < ? …))): the form for which MariaDB reads a range of an
 * index. */
static void add_keyset(struct statement *statement, const struct page *page)
{
    const struct binding *binding = statement->batch->fetch->binding;
    if (page->cursor == NULL)
        return;
    buf_add(&statement->sql, STR("\nAND "));
    for (uint32_t i = 0; i < binding->order_count; i++) {
        bool last = i + 1 == binding->order_count;
        const char *than = binding->order[i].descending != page->backward ? "<" : ">";
        struct str column = binding->order[i].column;
        if (!last) {
            buf_printf(&statement->sql, "t.`" STR_FMT "` %s= ? AND (", STR_ARG(column), than);
            add_parameter(statement, page->cursor[i]);
        }
        buf_printf(&statement->sql, "t.`" STR_FMT "` %s ?%s", STR_ARG(column), than,
                   last ? "" : " OR ");
        add_parameter(statement, page->cursor[i]);
    }
    for (uint32_t i = 1; i < binding->order_count; i++)
        buf_add_char(&statement->sql, ')');
}

static void add_order(struct statement *statement, bool by_key, bool backward)
{
    const struct fetch *fetch = statement->batch->fetch;
    const struct binding *binding = fetch->binding;
    if (binding->order_count == 0)
        return;
    buf_add(&statement->sql, STR("\nORDER BY "));
    if (by_key) {
        buf_add(&statement->sql, fetch->sql.key);
        buf_add(&statement->sql, STR(", "));
    }
    for (uint32_t i = 0; i < binding->order_count; i++)
        buf_printf(&statement->sql, "%st.`" STR_FMT "`%s", i == 0 ? "" : ", ",
                   STR_ARG(binding->order[i].column),
                   binding->order[i].descending != backward ? " DESC" : "");
}

/* SELECT … WHERE <keys> AND <rule> AND <predicate> */
static void add_head(struct statement *statement, const struct cell *keys, uint32_t count)
{
    buf_add(&statement->sql, statement->batch->fetch->sql.select);
    add_joins(statement);
    buf_add(&statement->sql, STR("\nWHERE "));
    if (count > 0)
        add_keys(statement, keys, count);
    else
        buf_add(&statement->sql, STR("TRUE"));
    add_rule(statement, &statement->batch->fetch->sql.rule);
    add_predicate(statement);
}

static void add_limit(struct statement *statement, uint32_t limit)
{
    buf_add(&statement->sql, STR("\nLIMIT ?"));
    add_parameter(statement, cell_int(limit));
}

static void make_pages(struct statement *statement, const struct cell *keys, uint32_t count)
{
    const struct fetch *fetch = statement->batch->fetch;
    const struct page *page = &statement->batch->run->pages[fetch->index];
    uint32_t branches = count == 0 ? 1 : count;
    for (uint32_t i = 0; i < branches; i++) {
        if (branches > 1)
            buf_add(&statement->sql, i == 0 ? STR("(") : STR("\nUNION ALL\n("));
        add_head(statement, count == 0 ? NULL : &keys[i], count == 0 ? 0 : 1);
        add_keyset(statement, page);
        add_order(statement, false, page->backward);
        add_limit(statement, page->limit + 1);
        if (branches > 1)
            buf_add_char(&statement->sql, ')');
    }
}

static void make_rows(struct statement *statement, const struct cell *keys, uint32_t count)
{
    const struct fetch *fetch = statement->batch->fetch;
    add_head(statement, keys, count);
    if (fetch->kind == FETCH_COUNT && count > 0) {
        buf_add(&statement->sql, STR("\nGROUP BY "));
        buf_add(&statement->sql, fetch->sql.key);
    }
    if (fetch->kind == FETCH_COUNT || fetch->binding->kind == BIND_ONE)
        return;
    add_order(statement, count > 1, false);
    if (count <= 1)
        add_limit(statement, statement->batch->run->pages[fetch->index].limit + 1);
}

void statement_make(struct batch *batch, const struct cell *keys, uint32_t count,
                    struct arena *arena, struct source_request *request)
{
    struct statement statement = {.batch = batch};
    buf_init(&statement.sql, arena, 512);
    if (is_paged(batch))
        make_pages(&statement, keys, count);
    else
        make_rows(&statement, keys, count);
    const struct binding *binding = batch->fetch->binding;
    request->sql = buf_str(&statement.sql);
    request->parameters = statement.parameters;
    request->parameter_count = statement.parameter_count;
    if (binding->kind == BIND_LIST && batch->fetch->kind == FETCH_ROWS && count > 1)
        request->row_limit = count * (binding->limit + 1);
}
