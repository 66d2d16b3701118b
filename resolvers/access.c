/* access: why somebody sees something, or does not.
 *
 * Nothing is decided here a second time: rights are the masks of the schema, the row rule is the
 * text that the planner writes, and whether a row is in somebody's scope is found out by asking for
 * it as them, with all rights so that the rule alone decides. Three steps, each waiting for the one
 * before: who it is about, which roles give which rights, the row.
 */
#include "resolvers/access.h"

#include "auth/account.h"
#include "base/arena.h"
#include "graphql/schema.h"
#include "run/door.h"
#include <jansson.h>

enum decision { VISIBLE, NOT_IN_SCHEMA, DISABLED, RIGHT_MISSING, NOT_FOUND, OUT_OF_SCOPE };

static const struct {
    const char *name;
    const char *words;
} decisions[] = {
    [VISIBLE] = {"VISIBLE", "They see it."},
    [NOT_IN_SCHEMA] = {"NOT_IN_SCHEMA", "There is nothing of that name in the schema."},
    [DISABLED] = {"DISABLED", "They cannot sign in: the account is disabled."},
    [RIGHT_MISSING] = {"RIGHT_MISSING", "They lack a right; for them it does not exist."},
    [NOT_FOUND] = {"NOT_FOUND", "There is no such row, or none that you see."},
    [OUT_OF_SCOPE] = {"OUT_OF_SCOPE", "They have the rights, but the row is somebody else's."},
};

static const char *const kind_names[] = {
    [VIEWER_OPERATOR] = "OPERATOR", [VIEWER_PARTNER] = "PARTNER", [VIEWER_CUSTOMER] = "CUSTOMER"};

static const char account_statement[] = "SELECT " ACCOUNT_COLUMNS "\nFROM " ACCOUNT_TABLES "\n"
                                        "WHERE u.login = ? OR u.id = (SELECT c.user_account_id "
                                        "FROM api_client AS c WHERE c.client_id = ?)";

static const char rights_statement[] =
    "SELECT d.bit, d.tab, d.level, d.label, COALESCE(GROUP_CONCAT(r.name ORDER BY r.name), '')\n"
    "FROM right_definition AS d\n"
    "LEFT JOIN role_right AS g ON g.bit = d.bit\n"
    "LEFT JOIN role AS r ON r.id = g.role_id\n"
    "GROUP BY d.bit, d.tab, d.level, d.label\n"
    "ORDER BY d.bit";

static const struct str row_document = STR("query AccessToRow($id: ID!) { node(id: $id) { id } }");

struct access_right {
    uint32_t bit;
    struct str tab;
    struct str level;
    struct str label;
    struct str roles; /* by commas */
    bool held;
};

/* The row asked for as somebody. */
struct probe {
    struct explanation *explanation;
    struct viewer viewer;
    struct call call;
    bool seen;
};

struct explanation {
    struct resolve *resolve;
    struct arena *arena;
    struct engine_loop *engine;
    struct str coordinate;
    struct str login;
    struct str id; /* .at NULL: none */
    struct viewer subject;
    bool active;
    bool exists;
    uint64_t needs;
    const struct table *table; /* NULL: no rows of its own */
    struct access_right *rights;
    uint32_t right_count;
    bool found;
    bool in_scope;
    struct source_request query;
    struct probe as_asker;
    struct probe as_subject;
    uint32_t probes_open;
};

/* ---- what is asked about ---- */

static const struct enum_value *find_value(const struct type *type, struct str name)
{
    for (uint32_t i = 0; i < type->value_count; i++) {
        if (str_equal(type->values[i].name, name))
            return &type->values[i];
    }
    return NULL;
}

/* The table whose rows an object of the type, or what the field leads to, is made of. */
static const struct table *table_of(const struct schema *schema, const struct type *type,
                                    const struct field *field)
{
    const struct binding *binding = field == NULL ? NULL : field->binding;
    if (binding != NULL && type == schema->query)
        return binding->target;
    return type->kind == TYPE_OBJECT ? type->binding : NULL;
}

/* Type, Type.field, Enum.VALUE (specification §3.14). */
static void look_up(struct explanation *explanation)
{
    const struct schema *schema = door_schema(explanation->engine);
    struct str coordinate = explanation->coordinate;
    const char *dot = memchr(coordinate.at, '.', coordinate.len);
    size_t len = dot == NULL ? coordinate.len : (size_t)(dot - coordinate.at);
    struct str name = {.at = coordinate.at, .len = len};
    const struct type *type = schema_type(schema, name, UINT64_MAX);
    if (type == NULL)
        return;
    explanation->needs = type->needs;
    explanation->exists = dot == NULL;
    if (dot == NULL) {
        explanation->table = table_of(schema, type, NULL);
        return;
    }
    struct str member = {.at = dot + 1, .len = coordinate.len - len - 1};
    const struct enum_value *value = find_value(type, member);
    const struct field *field =
        type_is_composite(type) ? schema_field(schema, type, member, UINT64_MAX) : NULL;
    explanation->exists = value != NULL || field != NULL;
    if (value != NULL)
        explanation->needs |= value->needs;
    if (field == NULL)
        return;
    explanation->needs |= field->needs;
    explanation->table = table_of(schema, type, field);
}

/* ---- the row ---- */

static void finish(struct explanation *explanation, enum status status)
{
    struct resolve *resolve = explanation->resolve;
    if (status == STATUS_OK)
        resolve_add(resolve, 0, explanation);
    resolve_done(resolve, status);
}

static bool names_row(struct str body)
{
    json_t *json = json_loadb(body.at, body.len, 0, NULL);
    bool named = json_is_object(json_object_get(json_object_get(json, "data"), "node"));
    json_decref(json);
    return named;
}

/* Both answers are there, or something else that is waited for is done. */
static void check_probes(struct explanation *explanation)
{
    if (--explanation->probes_open > 0)
        return;
    explanation->found = explanation->as_asker.seen;
    explanation->in_scope = explanation->as_subject.seen;
    finish(explanation, explanation->query.status);
}

static void on_probe(struct call *call)
{
    struct probe *probe = call->context;
    bool answered = call->outcome == CALL_DATA && !call->has_errors;
    probe->seen = answered && names_row(call->body);
    if (!answered)
        probe->explanation->query.status = STATUS_UNAVAILABLE;
    check_probes(probe->explanation);
}

static void release_json(void *json)
{
    json_decref(json);
}

static void ask_for_row(struct explanation *explanation, struct probe *probe,
                        const struct viewer *viewer)
{
    json_t *variables = json_pack("{s:s%}", "id", explanation->id.at, explanation->id.len);
    arena_defer(explanation->arena, release_json, variables);
    *probe = (struct probe){.explanation = explanation, .viewer = *viewer};
    probe->viewer.rights = UINT64_MAX >> 1;
    probe->call = (struct call){.arena = explanation->arena,
                                .viewer = &probe->viewer,
                                .variables = variables,
                                .on_answer = on_probe,
                                .context = probe};
    explanation->probes_open++;
    if (!door_call(explanation->engine, &probe->call, row_document)) {
        probe->call.outcome = CALL_INTERNAL;
        on_probe(&probe->call);
    }
}

/* ---- who it is about, and what they may ---- */

static void on_rights(struct source_request *request)
{
    struct explanation *explanation = request->context;
    const struct rows *rows = &request->rows;
    if (request->status != STATUS_OK) {
        finish(explanation, request->status);
        return;
    }
    explanation->rights = arena_array(explanation->arena, struct access_right, rows->count);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = rows->cells + (size_t)i * rows->width;
        uint32_t bit = (uint32_t)cells[0].integer;
        if (((explanation->needs >> bit) & 1) == 0)
            continue;
        explanation->rights[explanation->right_count++] = (struct access_right){
            .bit = bit,
            .tab = cell_str(&cells[1]),
            .level = cell_str(&cells[2]),
            .label = cell_str(&cells[3]),
            .roles = cell_str(&cells[4]),
            .held = (explanation->subject.rights >> bit) & 1,
        };
    }
    if (explanation->id.at == NULL) {
        finish(explanation, STATUS_OK);
        return;
    }
    explanation->probes_open = 1; /* this function */
    ask_for_row(explanation, &explanation->as_asker, explanation->resolve->request->viewer);
    ask_for_row(explanation, &explanation->as_subject, &explanation->subject);
    check_probes(explanation);
}

static void read_rights(struct explanation *explanation)
{
    explanation->query = (struct source_request){.arena = explanation->arena,
                                                 .sql = str_of(rights_statement),
                                                 .on_rows = on_rights,
                                                 .context = explanation};
    door_query(explanation->engine, &explanation->query);
}

static void on_account(struct source_request *request)
{
    struct explanation *explanation = request->context;
    struct account account;
    if (request->status != STATUS_OK || request->rows.count == 0) {
        resolve_done(explanation->resolve, request->status); /* nobody of that name: null */
        return;
    }
    if (!account_read(&account, request->rows.cells)) {
        resolve_done(explanation->resolve, STATUS_INTERNAL);
        return;
    }
    explanation->active = account.active;
    explanation->login = account.login;
    explanation->subject = (struct viewer){.kind = account.kind,
                                           .user_id = account.id,
                                           .scope_id = account.scope_id,
                                           .scope_path = account.scope_path,
                                           .rights = account.rights,
                                           .language = account.language};
    read_rights(explanation);
}

static void read_account(struct explanation *explanation)
{
    struct cell *parameters = arena_array(explanation->arena, struct cell, 2);
    parameters[0] = parameters[1] = cell_text(explanation->login);
    explanation->query = (struct source_request){.arena = explanation->arena,
                                                 .sql = str_of(account_statement),
                                                 .parameters = parameters,
                                                 .parameter_count = 2,
                                                 .on_rows = on_account,
                                                 .context = explanation};
    door_query(explanation->engine, &explanation->query);
}

/* ---- the answer ---- */

enum { COORDINATE, ID, LOGIN };

static bool is_given(const struct input *value)
{
    return value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

void access_explain(struct resolve *resolve)
{
    struct source_request *request = resolve->request;
    const struct viewer *viewer = request->viewer;
    const struct input *arguments = request->arguments;
    struct explanation *explanation = arena_new(request->arena, struct explanation);
    *explanation = (struct explanation){
        .resolve = resolve,
        .arena = request->arena,
        .engine = request->engine,
        .coordinate = arguments[COORDINATE].text,
        .id = is_given(&arguments[ID]) ? arguments[ID].text : (struct str){0},
        .login = is_given(&arguments[LOGIN]) ? arguments[LOGIN].text : viewer->login,
        .active = true,
        .subject = *viewer,
    };
    look_up(explanation);
    bool other = !str_equal(explanation->login, viewer->login);
    if (other && viewer->kind != VIEWER_OPERATOR) {
        request->problem = STR("Only the operator's administrators may ask about others.");
        resolve_done(resolve, STATUS_INVALID);
    } else if (other) {
        read_account(explanation);
    } else {
        read_rights(explanation);
    }
}

enum status access_rights(struct resolve *resolve)
{
    const struct source_request *request = resolve->request;
    for (uint32_t i = 0; i < request->parent_count; i++) {
        const struct explanation *explanation = request->parents[i].object;
        for (uint32_t j = 0; j < explanation->right_count; j++)
            resolve_add(resolve, i, &explanation->rights[j]);
    }
    return STATUS_OK;
}

static enum decision decide(const struct explanation *explanation)
{
    if (!explanation->exists)
        return NOT_IN_SCHEMA;
    if (!explanation->active)
        return DISABLED;
    if (!needs_met(explanation->needs, explanation->subject.rights))
        return RIGHT_MISSING;
    if (explanation->id.at == NULL)
        return VISIBLE;
    return explanation->in_scope ? VISIBLE : explanation->found ? OUT_OF_SCOPE : NOT_FOUND;
}

static struct str row_rule(const struct resolve *resolve, const struct explanation *explanation)
{
    const struct table *table = explanation->table;
    struct arena *arena = resolve->request->arena;
    if (table == NULL)
        return (struct str){0};
    if (table->open)
        return STR("All rows: everybody who is signed in may see them.");
    if (explanation->subject.kind == VIEWER_OPERATOR)
        return STR("All rows: they work for the operator.");
    if (explanation->subject.kind == VIEWER_PARTNER)
        return str_printf(arena, "Rows of the partners below " STR_FMT " and of their customers.",
                          STR_ARG(explanation->subject.scope_path));
    return table->scope_customer.len > 0 ? STR("Rows of the customer they are.")
                                         : STR("No rows: they belong to no customer.");
}

static struct str row_condition(const struct resolve *resolve,
                                const struct explanation *explanation)
{
    if (explanation->table == NULL)
        return (struct str){0};
    struct str rule = door_row_rule(explanation->engine, explanation->table,
                                    explanation->subject.kind, resolve->request->arena);
    return rule.len == 0 ? (struct str){0} : rule;
}

static struct cell answer_about_row(const struct explanation *explanation, bool answer)
{
    return explanation->id.at == NULL ? (struct cell){.kind = CELL_NULL} : cell_int(answer);
}

void access_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out)
{
    const struct explanation *explanation = object;
    if (str_is(field->name, "coordinate"))
        *out = cell_text(explanation->coordinate);
    else if (str_is(field->name, "login"))
        *out = cell_text(explanation->login);
    else if (str_is(field->name, "kind"))
        *out = cell_text(str_of(kind_names[explanation->subject.kind]));
    else if (str_is(field->name, "decision"))
        *out = cell_text(str_of(decisions[decide(explanation)].name));
    else if (str_is(field->name, "explanation"))
        *out = cell_text(str_of(decisions[decide(explanation)].words));
    else if (str_is(field->name, "rowRule"))
        *out = cell_text(row_rule(resolve, explanation));
    else if (str_is(field->name, "rowCondition"))
        *out = cell_text(row_condition(resolve, explanation));
    else if (str_is(field->name, "found"))
        *out = answer_about_row(explanation, explanation->found);
    else if (str_is(field->name, "inScope"))
        *out = answer_about_row(explanation, explanation->in_scope);
}

static struct cell role_names(struct arena *arena, struct str names)
{
    struct cell_list *list = arena_new(arena, struct cell_list);
    list->items = arena_array(arena, struct cell, names.len + 1);
    while (names.len > 0) {
        const char *comma = memchr(names.at, ',', names.len);
        size_t len = comma == NULL ? names.len : (size_t)(comma - names.at);
        list->items[list->count++] = cell_text((struct str){.at = names.at, .len = len});
        len += comma == NULL ? 0 : 1;
        names = (struct str){.at = names.at + len, .len = names.len - len};
    }
    return (struct cell){.kind = CELL_LIST, .object = list};
}

void access_right_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out)
{
    const struct access_right *right = object;
    if (str_is(field->name, "tab"))
        *out = cell_text(right->tab);
    else if (str_is(field->name, "level"))
        *out = cell_text(right->level);
    else if (str_is(field->name, "label"))
        *out = cell_text(right->label);
    else if (str_is(field->name, "held"))
        *out = cell_int(right->held);
    else if (str_is(field->name, "roles"))
        *out = role_names(resolve->request->arena, right->roles);
}
