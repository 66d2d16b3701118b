/* customer_update: what is known of a customer, changed member by member.
 *
 * A change begins from a version. What others have changed since is kept where it is about other
 * members; where it is about the same ones nothing is done, and each is told with its value of now.
 */
#include "resolvers/customer_update.h"

#include "base/arena.h"
#include "db/customer_terms.h"
#include "graphql/coerce.h"
#include "resolvers/conflict.h"
#include "resolvers/customer_name.h"
#include "resolvers/day.h"
#include "resolvers/language.h"

/* Members of the input that are columns of their own. */
enum member { GIVEN_NAME, FAMILY_NAME, ORGANIZATION_NAME, BIRTH_DATE, LANGUAGE, MEMBERS };

static const struct conflict_rows rows_of_customer = {
    .table = "customer",
    .owner = "id",
    .mutation = "updateCustomer",
    .members = {[GIVEN_NAME] = {"givenName", "given_name", true},
                [FAMILY_NAME] = {"familyName", "family_name", true},
                [ORGANIZATION_NAME] = {"organizationName", "organization_name", true},
                [BIRTH_DATE] = {"birthDate", "birth_date", true},
                [LANGUAGE] = {"language", "language", true}}};

#define MEMBER_COLUMNS "t.given_name, t.family_name, t.organization_name, t.birth_date, t.language"

/* The columns behind those of the members. */
enum { KIND = MEMBERS, PARTNER, VERSION };

struct change {
    struct act *act;
    const struct cell *now; /* the row as it is */
    struct cell next[MEMBERS];
};

/* ---- what is asked for ---- */

static void take_member(struct change *change, enum member member)
{
    const char *field = rows_of_customer.members[member].field;
    const struct input *value = act_field(change->act, field);
    change->next[member] = change->now[member];
    if (value == NULL)
        return;
    if (value->kind == INPUT_NULL) {
        change->next[member] = (struct cell){.kind = CELL_NULL};
        if (member == LANGUAGE)
            act_error(change->act, "REQUIRED", field,
                      "A customer is spoken to in some language; give one.");
    } else if (member == BIRTH_DATE) {
        change->next[member] = customer_name_birth_date(change->act, field, value);
    } else if (member == LANGUAGE) {
        change->next[member] = cell_text(value->text);
        if (!language_valid(value->text))
            act_error(change->act, "INVALID", field, LANGUAGE_WORDS);
    } else if (member == ORGANIZATION_NAME) {
        change->next[member] = customer_name_organization(change->act, field, value->text);
    } else {
        change->next[member] = customer_name(change->act, field, value->text);
    }
}

static struct customer_names names_of(const struct change *change)
{
    return (struct customer_names){.given = change->next[GIVEN_NAME],
                                   .family = change->next[FAMILY_NAME],
                                   .organization = change->next[ORGANIZATION_NAME],
                                   .birth_date = change->next[BIRTH_DATE]};
}

/* Persons have names of their own, organisations one. */
static void check_kind(struct change *change)
{
    const struct customer_names names = names_of(change);
    customer_names_check(change->act, &names, !str_is(cell_str(&change->now[KIND]), "RESIDENTIAL"));
}

/* ---- what others did meanwhile ---- */

static enum status check_version(struct change *change)
{
    return conflict_check(change->act, &rows_of_customer, &change->now[VERSION], change->now,
                          change->next);
}

/* ---- the change ---- */

static enum status write_change(struct change *change)
{
    struct act *act = change->act;
    const struct cell *next = change->next;
    const struct customer_names names = names_of(change);
    struct str name = customer_names_full(act->arena, &names, false);
    const struct cell parameters[] = {next[GIVEN_NAME],
                                      next[FAMILY_NAME],
                                      next[BIRTH_DATE],
                                      next[ORGANIZATION_NAME],
                                      next[LANGUAGE],
                                      cell_text(name),
                                      cell_text(customer_names_full(act->arena, &names, true)),
                                      cell_int(act->object)};
    TRY(act_run(act,
                "UPDATE customer SET given_name = ?, family_name = ?, birth_date = ?,\n"
                "    organization_name = ?, language = ?, display_name = ?, sort_name = ?,\n"
                "    version = version + 1\n"
                "WHERE id = ?",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    bool renamed = false;
    for (enum member i = GIVEN_NAME; i <= ORGANIZATION_NAME; i++)
        renamed |= !cell_equal(&next[i], &change->now[i]);
    const struct cell *partner = &change->now[PARTNER];
    return renamed ? customer_terms_rename(act->database, act->arena, act->object,
                                           partner->kind == CELL_NULL ? 0 : partner->integer, name)
                   : STATUS_OK;
}

static bool is_changed(const struct change *change)
{
    for (uint32_t i = 0; i < MEMBERS; i++) {
        if (!cell_equal(&change->next[i], &change->now[i]))
            return true;
    }
    return false;
}

static enum status perform(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "Customer", "id", MEMBER_COLUMNS ", t.kind, t.partner_id, t.version", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = act->customer = rows.cells[0].integer;
    struct change change = {.act = act, .now = rows.cells + 1};
    for (uint32_t i = 0; i < MEMBERS; i++)
        take_member(&change, i);
    check_kind(&change);
    TRY(check_version(&change));
    return act->errors == NULL && is_changed(&change) ? write_change(&change) : STATUS_OK;
}

/* The name is what it was: so are the words the customer is found by. */
static enum status find_by_name(struct act *act)
{
    const struct cell customer = cell_int(act->customer);
    struct rows rows = {0};
    TRY(act_run(act, "SELECT partner_id, display_name FROM customer WHERE id = ?", &customer, 1,
                &rows));
    const struct cell *partner = &rows.cells[0];
    return customer_terms_rename(act->database, act->arena, act->customer,
                                 partner->kind == CELL_NULL ? 0 : partner->integer,
                                 cell_str(&rows.cells[1]));
}

static const struct undo undo = {.rows = {{"customer", "id", NULL}}, .after = find_by_name};

const struct action customer_update = {.type = "Customer", .perform = perform, .undo = &undo};
