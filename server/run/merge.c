/* merge: the SQL of a list over several tables in one order, and of how many rows it has.
 *
 * Each table gives the beginning of its own list, by an index of its own; of these the database
 * makes one list and gives its beginning. What comes are kinds and keys, details follow by key.
 *   a page       (SELECT … LIMIT n+1) UNION ALL (SELECT … LIMIT n+1) … ORDER BY at, kind, id
 *                LIMIT n+1
 *   many pages   UNION ALL of these
 *   how many     SELECT k, SUM(n) FROM (SELECT …, COUNT(*) … UNION ALL …) GROUP BY k
 * Tables of types that the viewer may not see are left out.
 */
#include "base/viewer.h"
#include "run/statement.h"

/* Where the values of the order are in a cursor; see merge_order of the schema loader. */
enum { CURSOR_AT, CURSOR_KIND, CURSOR_ID };

static bool is_visible(const struct batch *batch, const struct fetch *branch)
{
    return needs_met(branch->binding->target->type->needs, batch->run->call->viewer->rights);
}

uint32_t merge_chunk(const struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    if (fetch->kind == FETCH_COUNT)
        return KEYS_IN_LIST;
    uint32_t parents = BRANCHES_IN_UNION / fetch->branch_count;
    return parents == 0 ? 1 : parents;
}

bool merge_equal(const struct batch *a, const struct batch *b)
{
    for (uint32_t i = 0; i < a->fetch->branch_count; i++) {
        const struct fetch *branch = a->fetch->branches[i];
        if (is_visible(a, branch) != is_visible(b, branch) ||
            !narrow_equal(&a->run->predicates[branch->index], &b->run->predicates[branch->index]))
            return false;
    }
    return true;
}

/* ---- pages ---- */

/* What comes behind the cursor's row in the order of at, kind, id: of a table whose kind comes
 * behind the cursor's, also rows of the same moment. */
static void add_keyset(struct statement *statement, const struct page *page)
{
    const struct binding *binding = statement->batch->fetch->binding;
    const struct binding *branch = statement->fetch->binding;
    struct str at = branch->order[0].column, id = branch->target->primary_key;
    if (page->cursor == NULL)
        return;
    bool less = binding->order[0].descending != page->backward;
    int64_t kind = branch->kind_value.integer, last = page->cursor[CURSOR_KIND].integer;
    bool behind = less ? kind < last : kind > last;
    const char *than = less ? "<" : ">";
    buf_printf(&statement->sql, "\nAND t.`" STR_FMT "` %s%s ?", STR_ARG(at), than,
               behind || kind == last ? "=" : "");
    statement_parameter(statement, page->cursor[CURSOR_AT]);
    if (kind != last)
        return;
    buf_printf(&statement->sql, " AND (t.`" STR_FMT "` %s ? OR t.`" STR_FMT "` %s ?)", STR_ARG(at),
               than, STR_ARG(id), than);
    statement_parameter(statement, page->cursor[CURSOR_AT]);
    statement_parameter(statement, page->cursor[CURSOR_ID]);
}

/* The beginning of one table's own list. */
static void add_branch(struct statement *statement, const struct fetch *branch,
                       const struct cell *key, const struct page *page)
{
    const struct batch *batch = statement->batch;
    const char *direction =
        batch->fetch->binding->order[0].descending != page->backward ? " DESC" : "";
    statement->fetch = branch;
    buf_add_char(&statement->sql, '(');
    statement_head(statement, key, key == NULL ? 0 : 1);
    add_keyset(statement, page);
    buf_printf(&statement->sql, "\nORDER BY t.`" STR_FMT "`%s, t.`" STR_FMT "`%s",
               STR_ARG(branch->binding->order[0].column), direction,
               STR_ARG(branch->binding->target->primary_key), direction);
    statement_limit(statement, statement_rows_wanted(batch));
    buf_add_char(&statement->sql, ')');
    statement->fetch = batch->fetch;
}

/* Who sees none of the types gets the list of the first without its rows. */
static void add_nothing(struct statement *statement, const struct cell *key)
{
    statement->fetch = statement->batch->fetch->branches[0];
    buf_add_char(&statement->sql, '(');
    statement_head(statement, key, key == NULL ? 0 : 1);
    buf_add(&statement->sql, STR("\nAND FALSE)"));
    statement->fetch = statement->batch->fetch;
}

static void add_page(struct statement *statement, const struct cell *key)
{
    const struct batch *batch = statement->batch;
    const struct fetch *fetch = batch->fetch;
    const struct page *page = &batch->run->pages[fetch->index];
    uint32_t count = 0;
    for (uint32_t i = 0; i < fetch->branch_count; i++) {
        if (!is_visible(batch, fetch->branches[i]))
            continue;
        if (count++ > 0)
            buf_add(&statement->sql, STR("\nUNION ALL\n"));
        add_branch(statement, fetch->branches[i], key, page);
    }
    if (count == 0)
        add_nothing(statement, key);
    bool descending = fetch->binding->order[0].descending != page->backward;
    buf_add(&statement->sql, descending ? STR("\nORDER BY `at` DESC, `kind` DESC, `id` DESC")
                                        : STR("\nORDER BY `at`, `kind`, `id`"));
    statement_limit(statement, statement_rows_wanted(batch));
}

static void add_pages(struct statement *statement, const struct cell *keys, uint32_t count)
{
    static const struct cell nobody = {.kind = CELL_NULL};
    for (uint32_t i = 0; i < statement_padded(count); i++) {
        buf_add(&statement->sql,
                i == 0 ? STR("SELECT * FROM (\n") : STR("\nUNION ALL\nSELECT * FROM (\n"));
        add_page(statement, i < count ? &keys[i] : &nobody);
        buf_add(&statement->sql, STR("\n) AS p"));
    }
}

/* ---- counts ---- */

static void add_counts(struct statement *statement, const struct cell *keys, uint32_t key_count)
{
    const struct batch *batch = statement->batch;
    const struct fetch *fetch = batch->fetch;
    uint32_t count = 0;
    buf_add(&statement->sql, STR("SELECT `k`, CAST(SUM(`n`) AS SIGNED)\nFROM (\n"));
    for (uint32_t i = 0; i < fetch->branch_count; i++) {
        if (!is_visible(batch, fetch->branches[i]))
            continue;
        if (count++ > 0)
            buf_add(&statement->sql, STR("\nUNION ALL\n"));
        statement->fetch = fetch->branches[i];
        statement_head(statement, keys, key_count);
        if (key_count > 0)
            buf_printf(&statement->sql, "\nGROUP BY " STR_FMT, STR_ARG(statement->fetch->sql.key));
        statement->fetch = fetch;
    }
    if (count == 0)
        buf_add(&statement->sql, STR("SELECT 0 AS `k`, 0 AS `n`"));
    buf_add(&statement->sql, STR("\n) AS c\nGROUP BY `k`"));
}

void merge_make(struct statement *statement, const struct cell *keys, uint32_t count)
{
    if (statement->fetch->kind == FETCH_COUNT)
        add_counts(statement, keys, count);
    else if (count <= 1)
        add_page(statement, count == 0 ? NULL : keys);
    else
        add_pages(statement, keys, count);
}
