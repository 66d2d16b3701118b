/* customer_alike: customers who may be the same person or organisation as somebody new.
 *
 * Alike are those of the same name who were born on the same day, organisations of the same name,
 * and whoever is reached by the same number or address. Only who the viewer may see counts: nobody
 * learns of other customers by trying to create them.
 */
#include "resolvers/customer_alike.h"

#include "base/arena.h"
#include "db/search_terms.h"
#include <inttypes.h>

enum { ID, NUMBER, NAME, SHOWN_LIMIT = 5, LOOKED_AT_LIMIT = 50, NAME_BYTES = 120 };

struct looking {
    struct act *act;
    const char *member;
    struct user_error *error; /* once somebody is found */
    uint32_t count;
};

static bool is_known(const struct user_error *error, int64_t customer)
{
    const struct user_reason *reason = error == NULL ? NULL : error->reasons;
    while (reason != NULL && reason->customer != customer)
        reason = reason->next;
    return reason != NULL;
}

/* A long name is left out: it would not fit. */
static struct str words_of(struct arena *arena, const struct cell *row)
{
    struct str name = cell_str(&row[NAME]), number = cell_str(&row[NUMBER]);
    if (name.len > NAME_BYTES)
        return number;
    return str_printf(arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(number));
}

static void note(struct looking *looking, const char *code, const char *common,
                 const struct cell *row)
{
    struct act *act = looking->act;
    struct str words = words_of(act->arena, row);
    if (looking->error == NULL)
        looking->error = act_error(act, "LIKE_ANOTHER", looking->member,
                                   STR_FMT " has the same %s. Look there first; if it is "
                                           "somebody else, say so.",
                                   STR_ARG(words), common);
    looking->count++;
    act_reason(act, looking->error,
               (struct user_reason){.code = code, .label = words, .customer = row[ID].integer});
}

static enum status look(struct looking *looking, const char *code, const char *common,
                        const char *sql, const struct cell *parameters, uint32_t count)
{
    struct rows rows = {0};
    TRY(act_run(looking->act, sql, parameters, count, &rows));
    for (uint32_t i = 0; i < rows.count && looking->count < SHOWN_LIMIT; i++) {
        const struct cell *row = rows.cells + (size_t)i * rows.width;
        bool visible;
        if (is_known(looking->error, row[ID].integer))
            continue;
        TRY(act_may_see(looking->act, "Customer", row[ID].integer, &visible));
        if (visible)
            note(looking, code, common, row);
    }
    return STATUS_OK;
}

static enum status look_for_name(struct looking *looking, const struct customer_names *names)
{
    const struct cell parameters[] = {
        cell_text(customer_names_full(looking->act->arena, names, true)), names->birth_date,
        cell_int(LOOKED_AT_LIMIT)};
    if (names->organization.kind != CELL_NULL) {
        const struct cell of_organization[] = {parameters[0], parameters[2]};
        return look(looking, "NAME", "name",
                    "SELECT id, number, display_name FROM customer\n"
                    "WHERE sort_name = ? AND organization_name IS NOT NULL\n"
                    "ORDER BY id LIMIT ?",
                    of_organization, 2);
    }
    if (names->birth_date.kind == CELL_NULL)
        return STATUS_OK;
    return look(looking, "NAME", "name and date of birth",
                "SELECT id, number, display_name FROM customer\n"
                "WHERE sort_name = ? AND birth_date = ?\n"
                "ORDER BY id LIMIT ?",
                parameters, 3);
}

/* By what customers are searched for: of a number its first term is the whole of it. */
static enum status look_for_contact(struct looking *looking, struct str value, bool email)
{
    struct search_terms terms;
    if (value.len == 0)
        return STATUS_OK;
    search_terms_init(&terms, looking->act->arena);
    if (email)
        search_terms_add_whole(&terms, value, "EMAIL");
    else
        search_terms_add_telephone(&terms, value, "PHONE");
    if (terms.count == 0)
        return STATUS_OK;
    const struct cell parameters[] = {cell_text(terms.items[0].term),
                                      cell_text(str_of(terms.items[0].kind)),
                                      cell_int(LOOKED_AT_LIMIT)};
    return look(looking, email ? "EMAIL" : "TELEPHONE",
                email ? "e-mail address" : "telephone number",
                "SELECT c.id, c.number, c.display_name\n"
                "FROM customer_search_term AS t JOIN customer AS c ON c.id = t.customer_id\n"
                "WHERE t.term = ? AND t.kind = ?\n"
                "ORDER BY c.id LIMIT ?",
                parameters, 3);
}

enum status customer_alike_check(struct act *act, const struct customer_alike *somebody,
                                 const char *member)
{
    struct looking looking = {.act = act, .member = member};
    TRY(look_for_name(&looking, &somebody->names));
    TRY(look_for_contact(&looking, somebody->email, true));
    TRY(look_for_contact(&looking, somebody->mobile, false));
    return look_for_contact(&looking, somebody->phone, false);
}
