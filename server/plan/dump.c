/* dump: a plan in words, for tests that hold it and for people who wonder what a document costs. */
#include "plan/plan.h"

#include "base/buf.h"
#include "base/viewer.h"

static const char *kind_name(const struct fetch *fetch)
{
    switch (fetch->kind) {
    case FETCH_ROWS:
        return fetch->binding->kind == BIND_ONE    ? "one"
               : fetch->binding->kind == BIND_LIST ? "list"
                                                   : "page";
    case FETCH_COUNT:
        return "count";
    case FETCH_OBJECTS:
        return fetch->source == OBJECTS_INTROSPECTION ? "introspection" : "objects";
    default:
        return "root";
    }
}

static void dump_rule(const struct row_rule *rule, const char *before, uint32_t depth,
                      struct buf *out)
{
    if (rule->condition[VIEWER_PARTNER].len == 0)
        return;
    buf_printf(out, "\n%*s  for a partner: %s" STR_FMT "\n%*s  for a customer: %s" STR_FMT,
               (int)depth * 2, "", before, STR_ARG(rule->condition[VIEWER_PARTNER]), (int)depth * 2,
               "", before, STR_ARG(rule->condition[VIEWER_CUSTOMER]));
}

static void dump_fetch(const struct fetch *fetch, uint32_t depth, struct buf *out)
{
    buf_printf(out, "%*s%s", (int)depth * 2, "", kind_name(fetch));
    if (fetch->field != NULL)
        buf_printf(out, " " STR_FMT "." STR_FMT, STR_ARG(fetch->field->parent->name),
                   STR_ARG(fetch->field->name));
    if (fetch->reference != NULL)
        buf_add(out, STR(" from memory"));
    if (fetch->condition != 0)
        buf_printf(out, " when %u", fetch->condition);
    buf_add_char(out, '\n');
    if (fetch->sql.select.len > 0) {
        buf_printf(out, "%*s  " STR_FMT, (int)depth * 2, "", STR_ARG(fetch->sql.select));
        for (uint32_t i = 0; i < fetch->join_count; i++) {
            buf_printf(out, "\n%*s  " STR_FMT, (int)depth * 2, "", STR_ARG(fetch->joins[i].text));
            dump_rule(&fetch->joins[i].rule, "AND ", depth + 1, out);
        }
        if (fetch->sql.key.len > 0)
            buf_printf(out, " WHERE " STR_FMT " IN (?)", STR_ARG(fetch->sql.key));
        dump_rule(&fetch->sql.rule, "", depth, out);
        buf_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < fetch->child_count; i++)
        dump_fetch(fetch->children[i], depth + 1, out);
}

void plan_dump(const struct plan *plan, struct buf *out)
{
    dump_fetch(plan->root, 0, out);
}
