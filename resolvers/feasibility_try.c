/* feasibility_try: a rule held against orders of the past, before it is switched on.
 *
 * What was known when an order was placed was kept with it, so nothing else is read. Orders come in
 * pages, each forgotten before the next.
 */
#include "resolvers/feasibility_try.h"

#include "base/arena.h"
#include "feasibility/keep.h"
#include "feasibility/load.h"
#include "mariadb/database.h"
#include <inttypes.h>

enum { PAGE = 500 };

struct trial {
    struct chore *chore;
    struct feasibility_rule rule;
    void (*found)(struct str line);
    struct cell evaluated_at, order; /* where the next page begins */
    int64_t looked_at, refused, unreadable;
};

static enum status read_rule(struct trial *trial, const char *code, int64_t version)
{
    struct chore *chore = trial->chore;
    const struct cell parameters[] = {cell_text(str_of(code)), cell_int(version),
                                      cell_int(version)};
    struct rows rows = {0};
    enum status status = database_run(chore->database, chore->arena,
                                      STR("SELECT " FEASIBILITY_RULE_COLUMNS "\n"
                                          "FROM feasibility_rule\n"
                                          "WHERE code = ? AND (? = 0 OR version = ?)\n"
                                          "ORDER BY version DESC\n"
                                          "LIMIT 1"),
                                      parameters, 3, &rows);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the rule cannot be read");
    if (rows.count == 0)
        return chore_fail(chore, STATUS_NOT_FOUND,
                          "there is no rule of that code and version: dossier rule try CODE"
                          " [VERSION], for example ON-SALE 1");
    if (!feasibility_read_rule(rows.cells, &trial->rule))
        return chore_fail(chore, STATUS_INVALID, "the rule is of a kind that is not known here");
    trial->rule.trial = false; /* what would come of it is the question */
    return STATUS_OK;
}

static void try_order(struct trial *trial, const struct cell *cells, struct arena *arena)
{
    struct feasibility_kept kept;
    const struct feasibility_rules rules = {.rules = &trial->rule, .count = 1};
    if (!feasibility_read_inputs(cell_str(&cells[3]), &kept, arena)) {
        trial->unreadable++;
        return;
    }
    const struct feasibility_judgement *judged =
        feasibility_judge(&rules, &kept.facts, &kept.order, arena);
    for (uint32_t i = 0; i < kept.order.count; i++) {
        if (judged[i].result != FEASIBILITY_UNQUALIFIED)
            continue;
        struct str words =
            feasibility_words(&kept.order.items[i], judged[i].reasons, STR("en"), arena);
        trial->found(str_printf(arena, "order " STR_FMT ", " STR_FMT ": " STR_FMT,
                                STR_ARG(cell_str(&cells[2])),
                                STR_ARG(kept.order.items[i].offering->name), STR_ARG(words)));
        trial->refused++;
        return;
    }
}

/* *count: how many there were on the page. */
static enum status try_page(struct trial *trial, struct arena *arena, uint32_t *count)
{
    const struct cell parameters[] = {trial->evaluated_at, trial->evaluated_at, trial->order};
    struct rows rows = {0};
    TRY(database_run(trial->chore->database, arena,
                     STR("SELECT q.evaluated_at, q.product_order_id, o.number, q.inputs\n"
                         "FROM order_qualification AS q\n"
                         "JOIN product_order AS o ON o.id = q.product_order_id\n"
                         "WHERE q.evaluated_at <= ?\n"
                         "    AND (q.evaluated_at < ? OR q.product_order_id < ?)\n"
                         "ORDER BY q.evaluated_at DESC, q.product_order_id DESC\n"
                         "LIMIT 500"),
                     parameters, 3, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        try_order(trial, rows.cells + (size_t)i * rows.width, arena);
    *count = rows.count;
    trial->looked_at += rows.count;
    if (rows.count > 0) {
        trial->evaluated_at = rows.cells[(size_t)(rows.count - 1) * rows.width];
        trial->order = rows.cells[(size_t)(rows.count - 1) * rows.width + 1];
    }
    return STATUS_OK;
}

static enum status try_all(struct trial *trial)
{
    uint32_t count = PAGE;
    while (count == PAGE && trial->looked_at < FEASIBILITY_TRY_ORDERS) {
        if (trial->chore->asked_to_end != NULL && trial->chore->asked_to_end())
            return chore_fail(trial->chore, STATUS_UNAVAILABLE,
                              "ended as asked after %" PRId64 " orders", trial->looked_at);
        struct arena *arena = arena_create();
        enum status status = try_page(trial, arena, &count);
        arena_destroy(arena);
        if (status != STATUS_OK)
            return chore_database_failed(trial->chore, status, "past orders cannot be read");
    }
    return STATUS_OK;
}

enum status feasibility_try(struct chore *chore, const char *code, int64_t version,
                            void (*found)(struct str line))
{
    struct trial trial = {
        .chore = chore,
        .found = found,
        .evaluated_at = {.kind = CELL_TIME, .integer = INT64_C(253402300799000000)}, /* year 9999 */
        .order = cell_int(INT64_MAX),
    };
    TRY(read_rule(&trial, code, version));
    TRY(try_all(&trial));
    if (trial.unreadable > 0)
        chore_tell(chore, "of %" PRId64 " orders it cannot be read what was known",
                   trial.unreadable);
    chore_tell(chore,
               STR_FMT " %" PRId64 " would have refused %" PRId64 " of the newest %" PRId64
                       " orders",
               STR_ARG(trial.rule.code), trial.rule.version, trial.refused, trial.looked_at);
    return STATUS_OK;
}
