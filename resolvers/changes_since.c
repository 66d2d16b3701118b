/* changes_since: what has changed of an account since a moment, whatever of it.
 *
 * Two steps: what people call things, beside the last contact; then one statement over the
 * histories of all that is the customer's. Whoever has the customer's row may see what is theirs;
 * types and fields go by the viewer's rights as everywhere.
 */
#include "resolvers/changes_since.h"

#include "act/act.h"
#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/schema.h"
#include "resolvers/changes_sql.h"
#include "resolvers/interaction_start.h"
#include "run/door.h"
#include <inttypes.h>
#include <stdio.h>

enum { SINCE, FIRST, AFTER };
enum { FIRST_MOST = 50, DAYS_UNLESS_TOLD = 30, TYPE_BYTES = 64, CURSOR_BYTES = 120 };

#define DAY_US (INT64_C(86400) * 1000000)

struct asking {
    struct resolve *resolve;
    struct arena *arena;
    struct engine_loop *engine;
    const struct viewer *viewer;
    struct changes_since answer;
    int64_t now, until; /* the latter: where the page begins */
    struct change_labels labels;
    struct changes_question question;
    struct source_request naming, contact, listing;
    uint32_t open;
    bool names; /* the viewer may see who of the operator did something */
};

/* In the nearest language there is, as those of enums are. */
static const char labels_statement[] = "SELECT type, field, label FROM field_label\n"
                                       "WHERE language = COALESCE((SELECT MAX(language) FROM "
                                       "field_label WHERE language IN (?, ?)), 'en')\n"
                                       "UNION ALL\n"
                                       "SELECT type, value, label FROM enum_label\n"
                                       "WHERE language = COALESCE((SELECT MAX(language) FROM "
                                       "enum_label WHERE language IN (?, ?)), 'en')";

/* The contact that is going on is the viewer's own, opened a short while ago. */
static const char contact_statement[] =
    "SELECT id, started_at FROM party_interaction\n"
    "WHERE customer_id = ? AND started_at <= ? AND NOT (result = 'OPEN' AND user_account_id = ?\n"
    "    AND started_at > UTC_TIMESTAMP(6) - " INTERACTION_CONTINUED ")\n"
    "ORDER BY started_at DESC, id DESC LIMIT 1";

/* ---- the answer ---- */

static void fail(struct asking *asking, const struct source_request *request)
{
    asking->resolve->request->problem = request->problem;
    resolve_done(asking->resolve, request->status);
}

/* Own changes, while time allows, by who may do the same. */
static bool is_undoable(const struct asking *asking, const struct cell *row)
{
    const struct schema *schema = door_schema(asking->engine);
    uint64_t rights = asking->viewer->rights;
    return row[CHANGE_RECORD].kind != CELL_NULL && row[CHANGE_IN_TIME].kind != CELL_NULL &&
           row[CHANGE_IN_TIME].integer != 0 && row[CHANGE_UNDONE].integer == 0 &&
           row[CHANGE_USER].integer == asking->viewer->user_id &&
           schema_field(schema, schema->mutation, STR("undoChange"), rights) != NULL &&
           schema_field(schema, schema->mutation, cell_str(&row[CHANGE_MUTATION]), rights) != NULL;
}

static void show(struct asking *asking, const struct cell *row, struct customer_change *out)
{
    struct str type = cell_str(&row[CHANGE_TYPE]);
    *out = (struct customer_change){
        .id = row[CHANGE_ID].integer,
        .at = row[CHANGE_AT].integer,
        .began = row[CHANGE_BEGAN].integer != 0,
        .type = type,
        .what = change_label(&asking->labels, type, STR("")),
        .subject = cell_str(&row[CHANGE_SUBJECT]),
        .record = row[CHANGE_RECORD].kind == CELL_NULL ? 0 : row[CHANGE_RECORD].integer,
        .by = asking->names ? cell_str(&row[CHANGE_BY]) : (struct str){0},
        .by_kind = cell_str(&row[CHANGE_BY_KIND]),
        .undoable = is_undoable(asking, row),
        .undone = row[CHANGE_UNDONE].integer != 0,
    };
    const struct type *version =
        schema_type(door_schema(asking->engine),
                    str_printf(asking->arena, STR_FMT "Version", STR_ARG(type)), UINT64_MAX);
    if (!out->began)
        change_fields(&asking->labels, version, cell_str(&row[CHANGE_FIELDS]), out);
}

static void on_listed(struct source_request *request)
{
    struct asking *asking = request->context;
    struct changes_since *answer = &asking->answer;
    const struct rows *rows = &request->rows;
    if (request->status != STATUS_OK) {
        fail(asking, request);
        return;
    }
    uint32_t first = asking->question.first;
    answer->more = rows->count > first;
    answer->count = answer->more ? first : rows->count;
    answer->changes = arena_array(asking->arena, struct customer_change, answer->count + 1);
    for (uint32_t i = 0; i < answer->count; i++) {
        const struct cell *row = rows->cells + (size_t)i * rows->width;
        show(asking, row, &answer->changes[i]);
        answer->cursor =
            str_printf(asking->arena, "%" PRId64 ".%" PRId64 "." STR_FMT, row[CHANGE_AT].integer,
                       row[CHANGE_ID].integer, STR_ARG(answer->changes[i].type));
    }
    resolve_add(asking->resolve, 0, answer);
    resolve_done(asking->resolve, STATUS_OK);
}

/* ---- asked ---- */

/* As with contacts: one document is for all viewers, so a name that is not theirs is null. */
static bool may_see_names(const struct asking *asking)
{
    const struct schema *schema = door_schema(asking->engine);
    uint64_t rights = asking->viewer->rights;
    const struct type *contact = schema_type(schema, STR("PartyInteraction"), rights);
    return contact != NULL && schema_field(schema, contact, STR("agentName"), rights) != NULL;
}

static void list(struct asking *asking)
{
    struct changes_question *question = &asking->question;
    struct buf sql;
    buf_init(&sql, asking->arena, 32768);
    asking->names = may_see_names(asking);
    question->schema = door_schema(asking->engine);
    question->viewer = asking->viewer;
    question->labels = &asking->labels;
    question->since = (struct cell){.kind = CELL_TIME, .integer = asking->answer.since};
    question->until = (struct cell){.kind = CELL_TIME, .integer = asking->until};
    if (!changes_sql(question, &sql)) {
        resolve_add(asking->resolve, 0, &asking->answer);
        resolve_done(asking->resolve, STATUS_OK);
        return;
    }
    asking->listing = (struct source_request){.arena = asking->arena,
                                              .sql = buf_str(&sql),
                                              .parameters = question->parameters,
                                              .parameter_count = question->parameter_count,
                                              .on_rows = on_listed,
                                              .context = asking};
    door_query(asking->engine, &asking->listing);
}

static void take_labels(struct asking *asking, const struct rows *rows)
{
    struct str *labels = arena_array(asking->arena, struct str, rows->count + 1);
    map_init(&asking->labels.map, asking->arena, rows->count);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *row = rows->cells + (size_t)i * rows->width;
        struct str type = cell_str(&row[0]), name = cell_str(&row[1]);
        labels[i] = cell_str(&row[2]);
        map_put(&asking->labels.map,
                str_printf(asking->arena, STR_FMT "." STR_FMT, STR_ARG(type), STR_ARG(name)),
                &labels[i]);
    }
}

static void on_prepared(struct source_request *request)
{
    struct asking *asking = request->context;
    if (--asking->open > 0)
        return;
    if (asking->naming.status != STATUS_OK || asking->contact.status != STATUS_OK) {
        fail(asking, asking->naming.status != STATUS_OK ? &asking->naming : &asking->contact);
        return;
    }
    take_labels(asking, &asking->naming.rows);
    const struct rows *contact = &asking->contact.rows;
    if (contact->count > 0) {
        asking->answer.contact = contact->cells[0].integer;
        asking->answer.since = contact->cells[1].integer;
    }
    list(asking);
}

static void send(struct asking *asking, bool since_contact)
{
    struct str language = asking->viewer->language;
    const char *dash = memchr(language.at, '-', language.len);
    struct cell whole = cell_text(language), base = whole;
    struct cell *parameters = arena_array(asking->arena, struct cell, 7);
    if (dash != NULL)
        base.len = (uint32_t)(dash - language.at);
    parameters[0] = parameters[2] = whole;
    parameters[1] = parameters[3] = base;
    parameters[4] = asking->question.customer;
    parameters[5] = (struct cell){.kind = CELL_TIME, .integer = asking->now};
    parameters[6] = cell_int(asking->viewer->user_id);
    asking->naming = (struct source_request){.arena = asking->arena,
                                             .sql = str_of(labels_statement),
                                             .parameters = parameters,
                                             .parameter_count = 4,
                                             .on_rows = on_prepared,
                                             .context = asking};
    asking->contact = (struct source_request){.arena = asking->arena,
                                              .sql = str_of(contact_statement),
                                              .parameters = parameters + 4,
                                              .parameter_count = 3,
                                              .on_rows = on_prepared,
                                              .context = asking};
    asking->open = since_contact ? 2 : 1;
    door_query(asking->engine, &asking->naming);
    if (since_contact)
        door_query(asking->engine, &asking->contact);
}

/* "1794000000000000.17.TroubleTicket" */
static bool take_cursor(struct asking *asking, const struct input *after)
{
    char text[CURSOR_BYTES + 1], type[TYPE_BYTES + 1];
    int64_t at;
    if (after->kind != INPUT_STRING)
        return true;
    snprintf(text, sizeof(text), STR_FMT, STR_ARG(after->text));
    int end = 0;
    if (after->text.len > CURSOR_BYTES ||
        sscanf(text, "%" SCNd64 ".%" SCNd64 ".%64[A-Za-z]%n", &at, &asking->question.after_id, type,
               &end) != 3 ||
        (size_t)end != after->text.len || at > asking->until || at < 0)
        return false;
    asking->until = at;
    asking->question.after_type = str_copy(asking->arena, str_of(type));
    return true;
}

static void refuse(struct resolve *resolve, struct str why)
{
    resolve->request->problem = why;
    resolve_done(resolve, STATUS_INVALID);
}

void changes_since(struct resolve *resolve)
{
    struct source_request *request = resolve->request;
    const struct input *arguments = request->arguments;
    const struct compute now = {.moment = request->moment};
    const struct input none = {.kind = INPUT_NULL};
    struct asking *asking = arena_new(request->arena, struct asking);
    bool told = arguments[SINCE].kind == INPUT_STRING;
    *asking = (struct asking){
        .resolve = resolve,
        .arena = request->arena,
        .engine = request->engine,
        .viewer = request->viewer,
        .now = compute_moment(&now, &none),
        .labels = {.arena = request->arena, .language = request->viewer->language},
        .question.first = (uint32_t)arguments[FIRST].integer,
    };
    asking->until = asking->now + DAY_US * (request->moment == NULL);
    asking->answer.since =
        told ? compute_moment(&now, &arguments[SINCE]) : asking->now - DAYS_UNLESS_TOLD * DAY_US;
    if (request->parent_count != 1) {
        refuse(resolve, STR("Ask what has changed of one customer at a time."));
    } else if (arguments[FIRST].integer < 1 || arguments[FIRST].integer > FIRST_MOST) {
        refuse(resolve, STR("\"first\" is from 1 to 50."));
    } else if (!take_cursor(asking, &arguments[AFTER])) {
        refuse(resolve, STR("\"after\" is no cursor of this list."));
    } else {
        asking->question.customer = *(const struct cell *)request->parents[0].object;
        send(asking, !told);
    }
}
