/* sql: the text of a fetch's statement, with the row rule in the one place where it is written.
 *
 * Only constants and identifiers of the schema get into the text; every value is a parameter. What
 * depends on the request (number of keys, page, keyset) is put together by run/statement.c from the
 * parts that are written here.
 */
#include "plan/planner.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include <assert.h>

static void add_column(struct buf *out, struct str column)
{
    buf_add(out, STR("t.`"));
    buf_add(out, column);
    buf_add_char(out, '`');
}

static struct str select_text(struct planner *planner, const struct fetch *fetch)
{
    struct buf out;
    buf_init(&out, planner->arena, 256);
    buf_add(&out, STR("SELECT "));
    bool ungrouped_count = fetch->kind == FETCH_COUNT && fetch->binding->target_key.len == 0;
    if (ungrouped_count)
        buf_add_char(&out, '0');
    for (uint32_t i = 0; i < fetch->width && !ungrouped_count; i++) {
        if (i > 0)
            buf_add(&out, STR(", "));
        add_column(&out, fetch->columns[i]);
    }
    if (fetch->kind == FETCH_COUNT)
        buf_add(&out, STR(", COUNT(*)"));
    buf_add(&out, STR("\nFROM "));
    buf_add(&out, fetch->binding->target->quoted);
    buf_add(&out, STR(" AS t"));
    return buf_str(&out);
}

/* Partners below the viewer's own, as a list of keys. One parameter: the viewer's path. */
static struct str partner_subtree(struct planner *planner)
{
    const struct table *partner = planner->options->scopes.partner;
    assert(partner != NULL); /* the loader demands it when a table is scoped by partner */
    return str_printf(planner->arena,
                      "SELECT p.`" STR_FMT "` FROM " STR_FMT
                      " AS p WHERE p.`path` LIKE CONCAT(?, '%%')",
                      STR_ARG(partner->primary_key), STR_ARG(partner->quoted));
}

static struct str scope_of_partner(struct planner *planner, const struct table *table)
{
    const struct table *customer = planner->options->scopes.customer;
    struct str subtree = partner_subtree(planner);
    if (table->scope_partner.len > 0)
        return str_printf(planner->arena, "t.`" STR_FMT "` IN (" STR_FMT ")",
                          STR_ARG(table->scope_partner), STR_ARG(subtree));
    return str_printf(planner->arena,
                      "t.`" STR_FMT "` IN (SELECT c.`" STR_FMT "` FROM " STR_FMT
                      " AS c WHERE c.`" STR_FMT "` IN (" STR_FMT "))",
                      STR_ARG(table->scope_customer), STR_ARG(customer->primary_key),
                      STR_ARG(customer->quoted), STR_ARG(customer->scope_partner),
                      STR_ARG(subtree));
}

/* The row rule: which rows of a table each kind of viewer may see. Nothing else in Dossier decides
 * that, and plan_verify() refuses a fetch that did not come through here. */
static void decide_scope(struct planner *planner, struct fetch *fetch)
{
    const struct table *table = fetch->binding->target;
    struct fetch_sql *sql = &fetch->sql;
    sql->scope_decided = true;
    if (table->open)
        return;
    sql->scope[VIEWER_PARTNER] = scope_of_partner(planner, table);
    sql->scope_bound[VIEWER_PARTNER] = true;
    if (table->scope_customer.len > 0) {
        sql->scope[VIEWER_CUSTOMER] =
            str_printf(planner->arena, "t.`" STR_FMT "` = ?", STR_ARG(table->scope_customer));
        sql->scope_bound[VIEWER_CUSTOMER] = true;
    } else {
        sql->scope[VIEWER_CUSTOMER] = STR("FALSE");
    }
}

void sql_finish(struct planner *planner, struct fetch *fetch)
{
    fetch->sql.select = select_text(planner, fetch);
    if (fetch->binding->target_key.len > 0)
        fetch->sql.key =
            str_printf(planner->arena, "t.`" STR_FMT "`", STR_ARG(fetch->binding->target_key));
    decide_scope(planner, fetch);
}

/* Rows that are not open to everybody must be narrowed for partners and customers. */
static bool fetch_verify(const struct fetch *fetch)
{
    if (fetch->kind != FETCH_ROWS && fetch->kind != FETCH_COUNT)
        return true;
    if (!fetch->sql.scope_decided || fetch->sql.select.len == 0)
        return false;
    if (fetch->binding->target->open)
        return fetch->sql.scope[VIEWER_PARTNER].len == 0 &&
               fetch->sql.scope[VIEWER_CUSTOMER].len == 0;
    return fetch->sql.scope[VIEWER_PARTNER].len > 0 && fetch->sql.scope[VIEWER_CUSTOMER].len > 0;
}

bool plan_verify(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->fetch_count; i++) {
        if (!fetch_verify(plan->fetches[i]))
            return false;
    }
    return true;
}
