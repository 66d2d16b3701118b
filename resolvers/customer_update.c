/* customer_update: what is known of a customer, changed member by member.
 *
 * A change begins from a version. What others have changed since is kept where it is about other
 * members; where it is about the same ones nothing is done, and each is told with its value of now.
 */
#include "resolvers/customer_update.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "db/customer_terms.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "resolvers/day.h"
#include "resolvers/language.h"
#include "resolvers/line.h"

enum { NAME_CHARACTERS = 100, ORGANIZATION_CHARACTERS = 200, OLDEST_YEARS = 125 };

/* Members of the input that are columns of their own. */
enum member { GIVEN_NAME, FAMILY_NAME, ORGANIZATION_NAME, BIRTH_DATE, LANGUAGE, MEMBERS };

static const struct {
    const char *name;
    const char *column;
    uint32_t characters;
} members[] = {
    [GIVEN_NAME] = {"givenName", "given_name", NAME_CHARACTERS},
    [FAMILY_NAME] = {"familyName", "family_name", NAME_CHARACTERS},
    [ORGANIZATION_NAME] = {"organizationName", "organization_name", ORGANIZATION_CHARACTERS},
    [BIRTH_DATE] = {"birthDate", "birth_date", 0},
    [LANGUAGE] = {"language", "language", 0},
};

#define MEMBER_COLUMNS "t.given_name, t.family_name, t.organization_name, t.birth_date, t.language"

/* The columns behind those of the members. */
enum { KIND = MEMBERS, PARTNER, VERSION };

struct change {
    struct act *act;
    const struct cell *now; /* the row as it is */
    struct cell next[MEMBERS];
    bool given[MEMBERS];
};

/* ---- what is asked for ---- */

static void take_text(struct change *change, enum member member, struct str text)
{
    const char *name = members[member].name;
    text = line_trimmed(text);
    if (text.len == 0)
        act_error(change->act, "INVALID", name, "Give a name, or null to take it away.");
    else if (!line_fits(text, members[member].characters))
        act_error(change->act, "INVALID", name, "A name is one line of at most %u characters.",
                  members[member].characters);
    change->next[member] = cell_text(text);
}

static void take_birth_date(struct change *change, const struct input *value)
{
    int64_t day = day_of(value, NULL), today = dates_today();
    if (day > today || day_years(day, today) > OLDEST_YEARS)
        act_error(change->act, "INVALID", members[BIRTH_DATE].name,
                  "A date of birth is in the past, and nobody is older than %d years.",
                  OLDEST_YEARS);
    change->next[BIRTH_DATE] = (struct cell){.kind = CELL_DATE, .integer = day};
}

static void take_member(struct change *change, enum member member)
{
    const struct input *value = act_field(change->act, members[member].name);
    change->next[member] = change->now[member];
    change->given[member] = value != NULL;
    if (value == NULL)
        return;
    if (value->kind == INPUT_NULL) {
        change->next[member] = (struct cell){.kind = CELL_NULL};
        if (member == LANGUAGE)
            act_error(change->act, "REQUIRED", members[member].name,
                      "A customer is spoken to in some language; give one.");
    } else if (member == BIRTH_DATE) {
        take_birth_date(change, value);
    } else if (member == LANGUAGE) {
        change->next[member] = cell_text(value->text);
        if (!language_valid(value->text))
            act_error(change->act, "INVALID", members[member].name, LANGUAGE_WORDS);
    } else {
        take_text(change, member, value->text);
    }
}

/* Persons have names of their own, organisations one. */
static void check_kind(struct change *change)
{
    bool organization =
        change->now[KIND].len > 0 && !str_is(cell_str(&change->now[KIND]), "RESIDENTIAL");
    static const enum member of_persons[] = {GIVEN_NAME, FAMILY_NAME, BIRTH_DATE};
    for (size_t i = 0; i < sizeof(of_persons) / sizeof(*of_persons) && organization; i++) {
        if (change->next[of_persons[i]].kind != CELL_NULL)
            act_error(change->act, "INVALID", members[of_persons[i]].name,
                      "The customer is an organisation; this belongs to persons.");
    }
    if (organization && change->next[ORGANIZATION_NAME].kind == CELL_NULL)
        act_error(change->act, "REQUIRED", members[ORGANIZATION_NAME].name,
                  "An organisation has a name; give it.");
    if (!organization && change->next[ORGANIZATION_NAME].kind != CELL_NULL)
        act_error(change->act, "INVALID", members[ORGANIZATION_NAME].name,
                  "The customer is a person; this belongs to organisations.");
    if (!organization && change->next[FAMILY_NAME].kind == CELL_NULL)
        act_error(change->act, "REQUIRED", members[FAMILY_NAME].name,
                  "A person has a family name; give it.");
}

/* ---- what others did meanwhile ---- */

/* For people: what stands there now. */
static struct str words_of(struct arena *arena, const struct cell *cell)
{
    if (cell->kind == CELL_NULL)
        return STR("nothing");
    if (cell->kind == CELL_DATE)
        return day_text(arena, cell->integer);
    return str_printf(arena, "\"" STR_FMT "\"", STR_ARG(cell_str(cell)));
}

/* Who changed a member since that moment, for colleagues: others are not told the names of those
 * who work for the operator. */
static enum status find_who(struct change *change, enum member member, const struct cell *since,
                            struct str *who)
{
    struct act *act = change->act;
    struct rows rows = {0};
    const struct cell parameters[] = {
        cell_int(act->object), *since,
        cell_text(str_printf(act->arena, "$.%s", members[member].name))};
    *who = STR("Somebody else");
    if (act->viewer->kind != VIEWER_OPERATOR)
        return STATUS_OK;
    TRY(act_run(act,
                "SELECT u.display_name FROM audit_record AS a\n"
                "JOIN user_account AS u ON u.id = a.user_account_id\n"
                "WHERE a.customer_id = ? AND a.mutation = 'updateCustomer' AND a.recorded_at >= ?\n"
                "    AND JSON_EXISTS(a.input, ?)\n"
                "ORDER BY a.id DESC LIMIT 1",
                parameters, 3, &rows));
    if (rows.count > 0)
        *who = cell_str(&rows.cells[0]);
    return STATUS_OK;
}

static enum status check_version(struct change *change)
{
    struct act *act = change->act;
    const struct input *expected = act_field(act, "expectedVersion");
    if (expected == NULL || expected->kind == INPUT_NULL ||
        expected->integer == change->now[VERSION].integer)
        return STATUS_OK;
    const struct cell parameters[] = {cell_int(act->object), cell_int(expected->integer)};
    struct rows then = {0};
    TRY(act_run(act,
                "SELECT " MEMBER_COLUMNS ", t.row_end FROM customer FOR SYSTEM_TIME ALL AS t\n"
                "WHERE t.id = ? AND t.version = ? ORDER BY t.row_start DESC LIMIT 1",
                parameters, 2, &then));
    if (then.count == 0)
        act_error(act, "CONFLICT", "expectedVersion",
                  "The customer never had this version; read the customer again.");
    for (uint32_t i = 0; i < MEMBERS && then.count > 0; i++) {
        struct str who;
        if (!change->given[i] || cell_equal(&then.cells[i], &change->now[i]) ||
            cell_equal(&change->next[i], &change->now[i]))
            continue;
        TRY(find_who(change, i, &then.cells[MEMBERS], &who));
        act_error(act, "CONFLICT", members[i].name,
                  STR_FMT " changed it meanwhile: now it is " STR_FMT ".", STR_ARG(who),
                  STR_ARG(words_of(act->arena, &change->now[i])));
    }
    return STATUS_OK;
}

/* ---- the change ---- */

static struct str text_or_nothing(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? STR("") : cell_str(cell);
}

/* As people say it, or as lists go by it. */
static struct str full_name(const struct change *change, bool sorted)
{
    struct str given = text_or_nothing(&change->next[GIVEN_NAME]),
               family = text_or_nothing(&change->next[FAMILY_NAME]);
    if (change->next[ORGANIZATION_NAME].kind != CELL_NULL)
        return cell_str(&change->next[ORGANIZATION_NAME]);
    if (given.len == 0)
        return family;
    return sorted ? str_printf(change->act->arena, STR_FMT ", " STR_FMT, STR_ARG(family),
                               STR_ARG(given))
                  : str_printf(change->act->arena, STR_FMT " " STR_FMT, STR_ARG(given),
                               STR_ARG(family));
}

static enum status write_change(struct change *change)
{
    struct act *act = change->act;
    const struct cell *next = change->next;
    const struct cell parameters[] = {next[GIVEN_NAME],
                                      next[FAMILY_NAME],
                                      next[BIRTH_DATE],
                                      next[ORGANIZATION_NAME],
                                      next[LANGUAGE],
                                      cell_text(full_name(change, false)),
                                      cell_text(full_name(change, true)),
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
                                           partner->kind == CELL_NULL ? 0 : partner->integer,
                                           full_name(change, false))
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
