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

/* The name of a table within its statement, by struct row_column's join. */
static struct str alias_of(struct planner *planner, uint32_t join)
{
    return join == 0 ? STR("t") : str_printf(planner->arena, "j%u", join);
}

static void add_column(struct planner *planner, struct buf *out, struct row_column column)
{
    if (column.computed) {
        buf_add(out, column.name);
        return;
    }
    buf_printf(out, STR_FMT ".`" STR_FMT "`", STR_ARG(alias_of(planner, column.join)),
               STR_ARG(column.name));
}

/* The table under its alias. Where FOR SYSTEM_TIME AS OF … goes between them, if it keeps history,
 * is noted for run/statement.c. */
static size_t add_table(struct buf *out, const struct table *table, struct str alias)
{
    buf_add(out, table->quoted);
    size_t moment_at = table->versioned ? out->len : 0;
    buf_printf(out, " AS " STR_FMT, STR_ARG(alias));
    return moment_at;
}

static void add_selected(struct planner *planner, struct fetch *fetch, struct buf *out)
{
    buf_add(out, STR("SELECT "));
    bool ungrouped_count = fetch->kind == FETCH_COUNT && fetch->binding->target_key.len == 0;
    if (ungrouped_count)
        buf_add_char(out, '0');
    for (uint32_t i = 0; i < fetch->width && !ungrouped_count; i++) {
        if (i > 0)
            buf_add(out, STR(", "));
        add_column(planner, out, fetch->columns[i]);
        fetch->sql.masks += fetch->columns[i].mask_bound;
    }
    if (fetch->kind == FETCH_COUNT)
        buf_add(out, STR(", COUNT(*)"));
}

static void write_select(struct planner *planner, struct fetch *fetch)
{
    struct buf out;
    buf_init(&out, planner->arena, 256);
    if (fetch->kind == FETCH_BRANCH)
        merge_add_select(fetch, &out);
    else
        add_selected(planner, fetch, &out);
    buf_add(&out, STR("\nFROM "));
    const struct table *table = fetch->binding->target;
    if (table->versions != NULL)
        history_add_from(&out, table);
    else
        fetch->sql.moment_at = add_table(&out, table, alias_of(planner, 0));
    fetch->sql.select = buf_str(&out);
}

static void write_join(struct planner *planner, struct join *join, struct str alias)
{
    struct buf out;
    buf_init(&out, planner->arena, 128);
    buf_add(&out, STR("LEFT JOIN "));
    join->moment_at = add_table(&out, join->table, alias);
    buf_printf(&out, " ON " STR_FMT ".`" STR_FMT "` = " STR_FMT ".`" STR_FMT "`", STR_ARG(alias),
               STR_ARG(join->table->primary_key), STR_ARG(alias_of(planner, join->base)),
               STR_ARG(join->base_column));
    join->text = buf_str(&out);
    if (join->table->versioned)
        join->then =
            str_printf(planner->arena,
                       "\nAND " STR_FMT ".`" STR_FMT "` <= ? AND " STR_FMT ".`" STR_FMT "` > ?",
                       STR_ARG(alias), STR_ARG(join->table->row_start), STR_ARG(alias),
                       STR_ARG(join->table->row_end));
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

/* As of a moment too it counts whose the row's customer is now: what a row said then of its partner
 * is asked only when no customer owns it. */
static struct str scope_of_partner(struct planner *planner, const struct table *table,
                                   struct str alias, bool then)
{
    const struct table *customer = planner->options->scopes.customer;
    struct str subtree = partner_subtree(planner);
    bool through_customer =
        table->scope_customer.len > 0 && customer != NULL && customer->scope_partner.len > 0;
    if (table->scope_partner.len > 0 && !(then && through_customer))
        return str_printf(planner->arena, STR_FMT ".`" STR_FMT "` IN (" STR_FMT ")", STR_ARG(alias),
                          STR_ARG(table->scope_partner), STR_ARG(subtree));
    return str_printf(planner->arena,
                      STR_FMT ".`" STR_FMT "` IN (SELECT c.`" STR_FMT "` FROM " STR_FMT
                              " AS c WHERE c.`" STR_FMT "` IN (" STR_FMT "))",
                      STR_ARG(alias), STR_ARG(table->scope_customer),
                      STR_ARG(customer->primary_key), STR_ARG(customer->quoted),
                      STR_ARG(customer->scope_partner), STR_ARG(subtree));
}

/* The row rule: which rows of a table each kind of viewer may see. Nothing else in Dossier decides
 * that, and plan_verify() refuses a table that did not come through here. An object's other half is
 * as visible as its first, which the rule narrows already. */
static void decide_scope(struct planner *planner, const struct table *table, struct str alias,
                         bool other_half, struct row_rule *rule)
{
    rule->decided = true;
    bool versions = table->versions != NULL;
    if (versions)
        rule->recorded = history_until(planner, table);
    else if (table->recorded.len > 0)
        rule->recorded = str_printf(planner->arena, STR_FMT ".`" STR_FMT "` <= ?", STR_ARG(alias),
                                    STR_ARG(table->recorded));
    if (table->open || other_half)
        return;
    rule->condition[VIEWER_PARTNER] = scope_of_partner(planner, table, alias, versions);
    rule->then = scope_of_partner(planner, table, alias, true);
    rule->bound[VIEWER_PARTNER] = true;
    if (table->scope_customer.len > 0) {
        rule->condition[VIEWER_CUSTOMER] =
            str_printf(planner->arena, STR_FMT ".`" STR_FMT "` = ?", STR_ARG(alias),
                       STR_ARG(table->scope_customer));
        rule->bound[VIEWER_CUSTOMER] = true;
    } else {
        rule->condition[VIEWER_CUSTOMER] = STR("FALSE");
    }
}

void plan_row_rule(struct arena *arena, const struct plan_options *options,
                   const struct table *table, struct row_rule *rule)
{
    struct planner planner = {.arena = arena, .options = options};
    *rule = (struct row_rule){0};
    decide_scope(&planner, table, alias_of(&planner, 0), false, rule);
}

static bool is_other_half(const struct join *join)
{
    return join->binding == NULL;
}

void sql_finish(struct planner *planner, struct fetch *fetch)
{
    if (fetch->branch_count > 0) /* its branches are the statement */
        return;
    write_select(planner, fetch);
    if (fetch->binding->target_key.len > 0)
        fetch->sql.key =
            str_printf(planner->arena, "t.`" STR_FMT "`", STR_ARG(fetch->binding->target_key));
    decide_scope(planner, fetch->binding->target, alias_of(planner, 0), false, &fetch->sql.rule);
    if (fetch->binding->target->versions != NULL)
        fetch->sql.changed = history_condition(planner, fetch->binding->target);
    for (uint32_t i = 0; i < fetch->join_count; i++) {
        struct join *join = &fetch->joins[i];
        struct str alias = alias_of(planner, i + 1);
        write_join(planner, join, alias);
        decide_scope(planner, join->table, alias, is_other_half(join), &join->rule);
    }
}

/* Within a filter its table is t, as the one around it is outside. */
void sql_filter_table(struct planner *planner, struct filter_table *table)
{
    decide_scope(planner, table->table, alias_of(planner, 0), false, &table->rule);
}

/* Rows that are not open to everybody must be narrowed for partners and customers. */
static bool rule_verify(const struct row_rule *rule, bool open)
{
    bool partner = rule->condition[VIEWER_PARTNER].len > 0,
         customer = rule->condition[VIEWER_CUSTOMER].len > 0, then = rule->then.len > 0;
    return rule->decided && partner == !open && customer == !open && then == !open;
}

/* Also when only one of the types whose rows are in the table says so. */
static bool has_half(const struct table *table, const struct table *half)
{
    for (uint32_t i = 0; i < table->half_count; i++) {
        if (table->halves[i].table == half)
            return true;
    }
    for (uint32_t i = 0; i < table->kind_count; i++) {
        if (table->kinds[i].table != table && has_half(table->kinds[i].table, half))
            return true;
    }
    return false;
}

/* Whose table it is must be known of each that is joined, also of an object's other half: one that
 * its type names. */
static bool join_verify(const struct fetch *fetch, const struct join *join)
{
    const struct table *base =
        join->base == 0 ? fetch->binding->target : fetch->joins[join->base - 1].table;
    if (join->text.len == 0)
        return false;
    if (!is_other_half(join))
        return join->table == join->binding->target && rule_verify(&join->rule, join->table->open);
    return has_half(base, join->table) && rule_verify(&join->rule, true);
}

/* A list over several tables is those of its branches, which are verified one by one, and has no
 * text of its own. */
static bool branches_verify(const struct fetch *fetch)
{
    for (uint32_t i = 0; i < fetch->branch_count; i++) {
        const struct fetch *branch = fetch->branches[i];
        if (branch->kind != FETCH_BRANCH || branch->whole != fetch ||
            branch->binding != &fetch->binding->branches[i])
            return false;
    }
    return fetch->sql.select.len == 0 && fetch->branch_count == fetch->binding->branch_count;
}

static bool fetch_verify(const struct fetch *fetch)
{
    if (fetch->kind != FETCH_ROWS && fetch->kind != FETCH_COUNT && fetch->kind != FETCH_BRANCH)
        return true;
    if (fetch->branch_count > 0)
        return branches_verify(fetch);
    const struct reference *reference = fetch->reference; /* memory knows no viewers */
    if (reference != NULL && (!reference->table->open || fetch->width != reference->column_count))
        return false;
    for (uint32_t i = 0; i < fetch->join_count; i++) {
        if (!join_verify(fetch, &fetch->joins[i]))
            return false;
    }
    return fetch->sql.select.len > 0 && rule_verify(&fetch->sql.rule, fetch->binding->target->open);
}

bool plan_verify(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->fetch_count; i++) {
        if (!fetch_verify(plan->fetches[i]))
            return false;
    }
    for (uint32_t i = 0; i < plan->filter_table_count; i++) {
        const struct filter_table *table = &plan->filter_tables[i];
        if (!rule_verify(&table->rule, table->table->open))
            return false;
    }
    return true;
}
