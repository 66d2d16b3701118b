/* customer_terms: the words by which a customer is found, kept when what they come from changes. */
#include "db/customer_terms.h"

#include "base/arena.h"
#include "db/batch.h"
#include "db/search_pages.h"
#include "db/search_terms.h"
#include "mariadb/database.h"

static const struct batch_table term_table = {
    .name = "customer_search_term",
    .columns = "term, customer_id, kind, page",
};

static enum status write_terms(struct database *database, struct arena *arena, int64_t customer_id,
                               int64_t partner_id, const struct search_terms *terms)
{
    struct batch batch;
    batch_init(&batch, &term_table, arena);
    for (uint32_t i = 0; i < terms->count; i++) {
        struct cell *row = batch_row(&batch);
        row[0] = cell_text(terms->items[i].term);
        row[1] = cell_int(customer_id);
        row[2] = cell_text(str_of(terms->items[i].kind));
        row[3] = cell_int(search_page(customer_id, partner_id));
    }
    return batch_send(&batch, database, NULL);
}

/* Where those of one kind have changed alone. */
static enum status write_kind(struct database *database, struct arena *arena, int64_t customer_id,
                              int64_t partner_id, const struct search_terms *terms,
                              const char *kind)
{
    TRY(write_terms(database, arena, customer_id, partner_id, terms));
    const char *const kinds[] = {kind, NULL};
    return search_pages_write_kinds(database, arena, customer_id, partner_id, kinds);
}

enum status customer_terms_begin(struct database *database, struct arena *arena,
                                 int64_t customer_id, int64_t partner_id,
                                 const struct search_terms *terms)
{
    TRY(write_terms(database, arena, customer_id, partner_id, terms));
    return search_pages_write(database, arena, customer_id, customer_id);
}

enum status customer_terms_add(struct database *database, struct arena *arena, int64_t customer_id,
                               int64_t partner_id, struct str text, const char *kind)
{
    struct search_terms terms;
    search_terms_init(&terms, arena);
    search_terms_add_whole(&terms, text, kind);
    return write_kind(database, arena, customer_id, partner_id, &terms, kind);
}

static enum status remove_terms(struct database *database, struct arena *arena, int64_t customer_id,
                                const struct search_terms *terms)
{
    for (uint32_t i = 0; i < terms->count; i++) {
        const struct cell parameters[] = {cell_text(terms->items[i].term), cell_int(customer_id),
                                          cell_text(str_of(terms->items[i].kind))};
        TRY(database_run(database, arena,
                         STR("DELETE FROM customer_search_term\n"
                             "WHERE term = ? AND customer_id = ? AND kind = ?"),
                         parameters, 3, NULL));
    }
    return STATUS_OK;
}

enum status customer_terms_telephone(struct database *database, struct arena *arena,
                                     int64_t customer_id, int64_t partner_id, struct str before,
                                     struct str after)
{
    struct search_terms gone, terms;
    search_terms_init(&gone, arena);
    search_terms_init(&terms, arena);
    if (before.len > 0)
        search_terms_add_telephone(&gone, before, "SERVICE");
    if (after.len > 0)
        search_terms_add_telephone(&terms, after, "SERVICE");
    TRY(remove_terms(database, arena, customer_id, &gone));
    return write_kind(database, arena, customer_id, partner_id, &terms, "SERVICE");
}

enum status customer_terms_rename(struct database *database, struct arena *arena,
                                  int64_t customer_id, int64_t partner_id, struct str name)
{
    const struct cell customer = cell_int(customer_id);
    struct search_terms terms;
    search_terms_init(&terms, arena);
    search_terms_add_name(&terms, name);
    TRY(database_run(
        database, arena,
        STR("DELETE FROM customer_search_term WHERE customer_id = ? AND kind = 'NAME'"), &customer,
        1, NULL));
    return write_kind(database, arena, customer_id, partner_id, &terms, "NAME");
}

enum status customer_terms_contact(struct database *database, struct arena *arena,
                                   int64_t customer_id, int64_t partner_id)
{
    const struct cell customer[] = {cell_int(customer_id), cell_int(customer_id)};
    struct search_terms terms;
    struct rows rows = {0};
    search_terms_init(&terms, arena);
    /* What has ended may be somebody else's by now. */
    TRY(database_run(database, arena,
                     STR("SELECT kind = 'EMAIL', value FROM contact_medium\n"
                         "WHERE customer_id = ? AND valid_until IS NULL\n"
                         "UNION ALL SELECT TRUE, address FROM email_login WHERE customer_id = ?"),
                     customer, 2, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *cells = rows.cells + (size_t)i * rows.width;
        if (cells[0].integer)
            search_terms_add_whole(&terms, cell_str(&cells[1]), "EMAIL");
        else
            search_terms_add_telephone(&terms, cell_str(&cells[1]), "PHONE");
    }
    TRY(database_run(database, arena,
                     STR("DELETE FROM customer_search_term\n"
                         "WHERE customer_id = ? AND kind IN ('PHONE', 'EMAIL')"),
                     customer, 1, NULL));
    static const char *const kinds[] = {"PHONE", "EMAIL", NULL};
    TRY(write_terms(database, arena, customer_id, partner_id, &terms));
    return search_pages_write_kinds(database, arena, customer_id, partner_id, kinds);
}
