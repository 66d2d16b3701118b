/* act: one mutation from its input to a transaction that waits to be committed. */
#include "act/internal.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "run/door.h"
#include <stdarg.h>
#include <sys/random.h>
#include <time.h>

enum { MESSAGE_CHARACTERS = 450, KEY_BYTES = 64, FIRST_WAIT_MS = 8 };

/* ---- what an action asks and says ---- */

const struct input *act_field(const struct act *act, const char *name)
{
    for (uint32_t i = 0; i < act->input->count; i++) {
        const struct input_field *field = &act->input->fields[i];
        if (str_is(field->definition->name, name))
            return field->value.kind == INPUT_ABSENT ? NULL : &field->value;
    }
    return NULL;
}

/* People read it: what somebody sends by mistake may be of any length. */
static struct str shortened(struct arena *arena, struct str text)
{
    size_t characters = 0, end = 0;
    for (; end < text.len && characters <= MESSAGE_CHARACTERS; end++)
        characters += ((unsigned char)text.at[end] & 0xC0) != 0x80;
    if (characters <= MESSAGE_CHARACTERS)
        return text;
    return str_printf(arena, "%.*s…", (int)end - 1, text.at);
}

struct user_error *act_error(struct act *act, const char *code, const char *field,
                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str message = str_vprintf(act->arena, format, arguments);
    va_end(arguments);
    struct user_error *error = arena_new(act->arena, struct user_error);
    *error = (struct user_error){
        .code = code, .field = field, .message = shortened(act->arena, message)};
    *act->last_error = error;
    act->last_error = &error->next;
    return error;
}

void act_reason(struct act *act, struct user_error *error, struct user_reason reason)
{
    struct user_reason **last = &error->reasons;
    while (*last != NULL)
        last = &(*last)->next;
    *last = arena_new(act->arena, struct user_reason);
    **last = reason;
}

enum status act_run(struct act *act, const char *sql, const struct cell *parameters, uint32_t count,
                    struct rows *rows)
{
    return database_run(act->database, act->arena, str_of(sql), parameters, count, rows);
}

enum status act_hold_customer(struct act *act)
{
    const struct cell customer = cell_int(act->customer);
    struct rows rows = {0};
    TRY(act_run(act, "SELECT SYSDATE(6) FROM customer WHERE id = ? FOR UPDATE", &customer, 1,
                &rows));
    act->held_at = rows.cells[0];
    return STATUS_OK;
}

/* ---- one attempt ---- */

static bool input_flag(const struct act *act, const char *name)
{
    const struct input *value = act_field(act, name);
    return value != NULL && value->kind == INPUT_BOOLEAN && value->boolean;
}

/* Letters, digits and a few signs: what a client makes, never what a person types. */
static bool is_key(struct str key)
{
    bool fits = key.len > 0 && key.len <= KEY_BYTES;
    for (size_t i = 0; i < key.len && fits; i++)
        fits = key.at[i] > ' ' && key.at[i] < 0x7f;
    return fits;
}

static enum status check_scope_after(struct act *act)
{
    bool visible = true;
    if (act->errors != NULL || act->object == 0)
        return STATUS_OK;
    TRY(scope_check(act, &visible));
    if (!visible)
        act_error(act, "OUT_OF_SCOPE", NULL,
                  "Afterwards it would be out of your sight; nothing was done.");
    return STATUS_OK;
}

/* Whoever still has the account of a duplicate open changes nothing of it: the row leads to the
 * customer who has everything. */
static enum status check_customer_after(struct act *act)
{
    struct rows rows = {0};
    const struct cell customer = act_key(act->customer);
    if (act->errors != NULL || act->customer == 0)
        return STATUS_OK;
    TRY(act_run(act,
                "SELECT s.number FROM customer AS d\n"
                "JOIN customer AS s ON s.id = d.merged_into_id WHERE d.id = ?",
                &customer, 1, &rows));
    if (rows.count > 0)
        act_error(act, "NOT_ALLOWED", NULL,
                  "This customer was merged into customer " STR_FMT
                  "; do it there. Nothing was done.",
                  STR_ARG(cell_str(&rows.cells[0])));
    return STATUS_OK;
}

/* Everything but the end of the transaction. */
static enum status attempt(struct act *act, struct str mutation)
{
    struct str input = input_text(act->arena, act->input);
    struct str all = str_printf(act->arena, STR_FMT " " STR_FMT, STR_ARG(mutation), STR_ARG(input));
    enum claim claim;
    TRY(database_begin(act->database));
    TRY(claim_take(act, sha256_hex(act->arena, all), &claim));
    if (claim == CLAIM_REUSED) {
        act_error(act, "KEY_REUSED", "idempotencyKey",
                  "The key was used before for something else; make a new one for each change.");
        return STATUS_OK;
    }
    if (claim == CLAIM_REPLAYED) {
        act->replayed = true;
        return STATUS_OK;
    }
    TRY(act->action->perform(act));
    TRY(check_scope_after(act));
    TRY(check_customer_after(act));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(record_write(act, mutation, input));
    return claim_finish(act);
}

static void begin_attempt(struct act *act)
{
    act->replayed = false;
    act->object = act->customer = act->record = 0;
    act->held_at = (struct cell){.kind = CELL_NULL};
    act->result = NULL;
    act->errors = NULL;
    act->last_error = &act->errors;
}

/* Whoever met a conflict lets the others come to an end, each for a time of its own. */
static void give_way(uint32_t attempts)
{
    uint32_t random = 0;
    if (attempts == 0)
        return;
    if (getrandom(&random, sizeof(random), GRND_NONBLOCK) < 0)
        random = 0; /* then they may meet again */
    uint32_t most_ms = FIRST_WAIT_MS << attempts;
    const struct timespec wait = {.tv_nsec = (long)(1 + random % most_ms) * 1000 * 1000};
    nanosleep(&wait, NULL);
}

static void perform(struct actor *actor, struct act *act, struct str mutation, enum status *status,
                    struct str *problem)
{
    do {
        give_way(actor->attempts);
        begin_attempt(act);
        *status = attempt(act, mutation);
        actor->open = *status == STATUS_OK && act->errors == NULL && !act->replayed;
        if (*status != STATUS_OK)
            *problem = str_copy(act->arena, database_problem(act->database));
        if (!actor->open)
            database_rollback(act->database);
    } while (*status == STATUS_CONFLICT && ++actor->attempts < ATTEMPTS);
}

enum status act_perform(struct resolve *resolve)
{
    struct source_request *request = resolve->request;
    struct actor *actor = door_writer(request->engine);
    if (actor == NULL)
        return STATUS_UNAVAILABLE; /* not on a worker */
    struct act *act = arena_new(request->arena, struct act);
    *act = (struct act){.arena = request->arena,
                        .database = actor->database,
                        .engine = request->engine,
                        .viewer = request->viewer,
                        .action = resolve->self->action,
                        .input = &request->arguments[0]};
    begin_attempt(act);
    act->dry_run = actor->dry_run = input_flag(act, "dryRun");
    enum status status = STATUS_OK;
    if (is_key(act_field(act, "idempotencyKey")->text))
        perform(actor, act, request->field->name, &status, &request->problem);
    else
        act_error(act, "INVALID", "idempotencyKey",
                  "Give a key of 1 to %d letters, digits or signs, made anew for each change.",
                  KEY_BYTES);
    if (!actor->open)
        actor->attempts = 0;
    if (status == STATUS_CONFLICT) {
        begin_attempt(act);
        act_error(act, "CONFLICT", NULL,
                  "Others are changing the same thing right now; nothing was done. Try again.");
    } else if (status != STATUS_OK) {
        return status;
    }
    resolve_add(resolve, 0, act);
    return STATUS_OK;
}
