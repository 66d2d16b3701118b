/* explain: plans in words, for people. */
#include "run/explain.h"

#include "base/arena.h"
#include "base/buf.h"
#include "run/example.h"
#include "run/run.h"
#include <assert.h>
#include <math.h>

/* A plan bound to variables, and where the words go. */
struct explaining {
    const struct explain *explain;
    struct engine_loop loop;
    struct viewer viewer;
    struct call call;
    struct run run;
    struct batch *batches; /* by fetch, without rows */
    struct buf *out;
};

enum { INDENT = 2, EXAMPLE_KEYS = 2 };

static const char *const viewer_names[] = {[VIEWER_OPERATOR] = "an operator",
                                           [VIEWER_PARTNER] = "a partner",
                                           [VIEWER_CUSTOMER] = "a customer"};

/* ---- words ---- */

static void add_condition(struct buf *out, const struct plan *plan, uint32_t index)
{
    const struct condition *condition = &plan->conditions[index];
    for (uint32_t i = 0; i < condition->count; i++) {
        const struct condition_term *term = condition->terms[i];
        buf_add(out, i == 0 ? (struct str){0} : STR(" or "));
        for (uint32_t j = 0; j < term->count; j++) {
            struct str name = plan->operation->variables[term->literals[j].variable].name.text;
            buf_printf(out, "%s%s$" STR_FMT, j == 0 ? "" : " and ",
                       term->literals[j].wanted ? "" : "not ", STR_ARG(name));
        }
    }
}

/* Customer.products as newest */
static void add_name(struct buf *out, const struct fetch *fetch)
{
    buf_printf(out, STR_FMT "." STR_FMT, STR_ARG(fetch->field->parent->name),
               STR_ARG(fetch->field->name));
    struct str key = ast_response_key(fetch->ast);
    if (fetch->kind != FETCH_COUNT && !str_equal(key, fetch->field->name))
        buf_printf(out, " as " STR_FMT, STR_ARG(key));
}

static void add_table(struct buf *out, const struct binding *binding)
{
    buf_printf(out, " of " STR_FMT, STR_ARG(binding->target->name));
    if (binding->target_key.len > 0)
        buf_printf(out, " by " STR_FMT, STR_ARG(binding->target_key));
}

/* page of 25 of product by customer_id */
static void add_strategy(struct explaining *explaining, const struct fetch *fetch)
{
    struct buf *out = explaining->out;
    const struct page *page = &explaining->run.pages[fetch->index];
    if (fetch->kind == FETCH_OBJECTS) {
        buf_add(out, fetch->source == OBJECTS_INTROSPECTION ? STR("introspection")
                                                            : STR("made by C code"));
        return;
    }
    if (fetch->kind == FETCH_COUNT)
        buf_add(out, STR("count"));
    else if (fetch->binding->kind == BIND_ONE)
        buf_add(out, fetch->binding->is_node    ? STR("rows that ids name,")
                     : fetch->reference != NULL ? STR("one row in memory")
                                                : STR("one row"));
    else if (fetch->binding->kind == BIND_LIST)
        buf_printf(out, "list of at most %u", page->limit);
    else
        buf_printf(out, "page of %s%u", page->backward ? "the last " : "", page->limit);
    add_table(out, fetch->binding);
}

/* How it is fetched, and what is to be expected. */
static void add_work(struct explaining *explaining, const struct fetch *fetch, const char *between)
{
    const struct cost_share *share = &explaining->run.shares[fetch->index];
    if (!share->live) {
        buf_add(explaining->out, STR("left out with these variables"));
        return;
    }
    const char *what = fetch->kind == FETCH_OBJECTS ? "object" : "row";
    add_strategy(explaining, fetch);
    buf_printf(explaining->out, "%s%.0f %s%s, %g point%s", between, share->rows, what,
               share->rows == 1 ? "" : "s", share->points, share->points == 1 ? "" : "s");
}

/* ---- statements ---- */

static struct str statement_text(struct explaining *explaining, const struct fetch *fetch,
                                 uint32_t key_count)
{
    static const struct str names[EXAMPLE_KEYS] = {STR("a"), STR("b")};
    struct cell keys[EXAMPLE_KEYS];
    struct source_request request = {0};
    for (uint32_t i = 0; i < EXAMPLE_KEYS; i++)
        keys[i] = fetch->binding->key_is_text ? cell_text(names[i]) : cell_int(i + 1);
    statement_make(&explaining->batches[fetch->index], keys, key_count, explaining->run.arena,
                   &request);
    return request.sql;
}

static void add_lines(struct buf *out, struct str text, uint32_t indent)
{
    while (text.len > 0) {
        const char *end = memchr(text.at, '\n', text.len);
        size_t len = end == NULL ? text.len : (size_t)(end - text.at);
        buf_printf(out, "%*s%.*s\n", (int)indent, "", (int)len, text.at);
        len += end == NULL ? 0 : 1;
        text.at += len;
        text.len -= len;
    }
}

/* True when nothing differs but how many keys there are. */
static bool same_but_keys(struct str one, struct str many)
{
    static const struct str single = STR(" = ?"), several = STR(" IN (?,?)");
    while (one.len > 0 && many.len > 0) {
        bool keys = str_starts(one, single) && str_starts(many, several);
        size_t from_one = keys ? single.len : 1, from_many = keys ? several.len : 1;
        if (!keys && *one.at != *many.at)
            return false;
        one = (struct str){.at = one.at + from_one, .len = one.len - from_one};
        many = (struct str){.at = many.at + from_many, .len = many.len - from_many};
    }
    return one.len == many.len;
}

static void add_statements(struct explaining *explaining, const struct fetch *fetch,
                           uint32_t indent)
{
    struct buf *out = explaining->out;
    if (fetch->binding->target_key.len == 0) {
        add_lines(out, statement_text(explaining, fetch, 0), indent);
        return;
    }
    struct str one = statement_text(explaining, fetch, 1);
    struct str many = statement_text(explaining, fetch, EXAMPLE_KEYS);
    add_lines(out, one, indent);
    if (same_but_keys(one, many)) {
        buf_printf(out, "%*smany parents: the same, IN (…)\n", (int)indent, "");
        return;
    }
    buf_printf(out, "%*smany parents:\n", (int)indent, "");
    add_lines(out, many, indent + INDENT);
}

/* ---- as text ---- */

static void add_computed(struct buf *out, const struct fetch *fetch, uint32_t indent)
{
    for (uint32_t i = 0; i < fetch->computed_count; i++) {
        const struct field *field = fetch->computed[i].field;
        buf_printf(out, "%*s" STR_FMT "." STR_FMT " is made of its columns\n", (int)indent, "",
                   STR_ARG(field->parent->name), STR_ARG(field->name));
    }
}

static void add_fetch(struct explaining *explaining, const struct fetch *fetch, uint32_t indent)
{
    struct buf *out = explaining->out;
    bool live = explaining->run.shares[fetch->index].live;
    buf_printf(out, "%*s", (int)indent, "");
    add_name(out, fetch);
    buf_add(out, STR(": "));
    add_work(explaining, fetch, "; ");
    if (fetch->early)
        buf_add(out, STR("; together with its parent"));
    if (fetch->condition != 0) {
        buf_add(out, STR("; when "));
        add_condition(out, explaining->run.plan, fetch->condition);
    }
    buf_add_char(out, '\n');
    add_computed(out, fetch, indent + 2 * INDENT);
    if (fetch->reference != NULL && live)
        buf_printf(out, "%*swhat memory lacks:\n", (int)indent + 2 * INDENT, "");
    if (fetch->kind != FETCH_OBJECTS && live)
        add_statements(explaining, fetch, indent + 2 * INDENT);
    for (uint32_t i = 0; i < fetch->child_count; i++)
        add_fetch(explaining, fetch->children[i], indent + INDENT);
}

static void add_title(struct explaining *explaining, struct str id)
{
    static const char *const kinds[] = {
        [AST_QUERY] = "query", [AST_MUTATION] = "mutation", [AST_SUBSCRIPTION] = "subscription"};
    const struct run *run = &explaining->run;
    const struct ast_operation *operation = run->plan->operation;
    buf_printf(
        explaining->out, "%s " STR_FMT ", " STR_FMT "\n", kinds[operation->kind],
        STR_ARG(operation->name.text.at == NULL ? STR("without a name") : operation->name.text),
        STR_ARG(id));
}

static void add_text(struct explaining *explaining, struct str id)
{
    struct buf *out = explaining->out;
    const struct run *run = &explaining->run;
    add_title(explaining, id);
    buf_printf(out, "for %s: %.0f points, at most %.0f rows\n",
               viewer_names[explaining->viewer.kind], ceil(run->cost.points),
               run->cost.rows_at_most);
    char *variables = json_dumps(explaining->call.variables, JSON_SORT_KEYS);
    buf_printf(out, "with %s\n", variables);
    free(variables);
    for (uint32_t i = 0; i < run->plan->root->child_count; i++)
        add_fetch(explaining, run->plan->root->children[i], INDENT);
}

/* ---- as a flowchart ---- */

static void add_box(struct explaining *explaining, const struct fetch *fetch)
{
    struct buf *out = explaining->out;
    const struct plan *plan = explaining->run.plan;
    buf_printf(out, "  f%u -->", fetch->parent->index);
    if (fetch->condition != 0) {
        buf_add(out, STR("|\"when "));
        add_condition(out, plan, fetch->condition);
        buf_add(out, STR("\"|"));
    }
    buf_printf(out, " f%u[\"", fetch->index);
    add_name(out, fetch);
    buf_add(out, STR("<br>"));
    add_work(explaining, fetch, "<br>");
    buf_add(out, STR("\"]\n"));
    for (uint32_t i = 0; i < fetch->child_count; i++)
        add_box(explaining, fetch->children[i]);
}

static void add_chart(struct explaining *explaining, struct str id)
{
    const struct run *run = &explaining->run;
    buf_add(explaining->out, STR("%% "));
    add_title(explaining, id);
    buf_printf(explaining->out, "flowchart TD\n  f%u([\"%.0f points<br>at most %.0f rows\"])\n",
               run->plan->root->index, ceil(run->cost.points), run->cost.rows_at_most);
    for (uint32_t i = 0; i < run->plan->root->child_count; i++)
        add_box(explaining, run->plan->root->children[i]);
}

/* ---- a document ---- */

static void make_batches(struct explaining *explaining)
{
    struct run *run = &explaining->run;
    explaining->batches = arena_array(run->arena, struct batch, run->plan->fetch_count);
    for (uint32_t i = 0; i < run->plan->fetch_count; i++) {
        const struct fetch *fetch = run->plan->fetches[i];
        explaining->batches[i] = (struct batch){
            .run = run,
            .fetch = fetch,
            .parent = fetch->parent == NULL ? NULL : &explaining->batches[fetch->parent->index],
        };
    }
}

static enum status explain_plan(struct engine *engine, const struct explain *explain,
                                const struct trusted *trusted, const struct plan *plan,
                                struct arena *arena, struct buf *out, struct str *problem)
{
    struct explaining *explaining = arena_new(arena, struct explaining);
    *explaining = (struct explaining){
        .explain = explain,
        .loop = {.engine = engine},
        .viewer = {.kind = explain->viewer,
                   .scope_id = 1,
                   .scope_path = STR("/1/"),
                   .rights = UINT64_MAX >> 1},
        .call = {.arena = arena,
                 .engine = &explaining->loop,
                 .viewer = &explaining->viewer,
                 .variables = example_variables(arena, plan, explain->variables),
                 .run = &explaining->run},
        .run = {.call = &explaining->call, .arena = arena, .plan = plan},
        .out = out,
    };
    struct run *run = &explaining->run;
    errors_init(&run->errors, arena, 1);
    if (!run_bind(run) && !run->cost_known) { /* more than the budget is no reason not to tell */
        *problem = run->errors.first->message;
        return STATUS_INVALID;
    }
    make_batches(explaining);
    if (explain->chart)
        add_chart(explaining, trusted->id);
    else
        add_text(explaining, trusted->id);
    return STATUS_OK;
}

static const struct plan *plan_of(const struct trusted *trusted,
                                  const struct ast_operation *operation)
{
    const struct compiled *compiled = trusted->compiled;
    while (compiled->operation != operation)
        compiled = compiled->next;
    return compiled->plan;
}

static bool is_wanted(const struct explain *explain, const struct ast_definition *definition)
{
    return definition->kind == AST_OPERATION &&
           (explain->operation_name.at == NULL ||
            str_equal(definition->operation.name.text, explain->operation_name));
}

enum status explain_document(struct engine *engine, const struct explain *explain, struct str id,
                             struct arena *arena, struct buf *out, struct str *problem)
{
    const struct trusted *trusted = engine_trusted(engine, id);
    uint32_t told = 0;
    assert(trusted != NULL);
    for (uint32_t i = 0; i < trusted->document->definition_count; i++) {
        const struct ast_definition *definition = &trusted->document->definitions[i];
        if (!is_wanted(explain, definition))
            continue;
        if (out->len > 0)
            buf_add_char(out, '\n');
        TRY(explain_plan(engine, explain, trusted, plan_of(trusted, &definition->operation), arena,
                         out, problem));
        told++;
    }
    if (told > 0)
        return STATUS_OK;
    *problem = explain->operation_name.at == NULL
                   ? STR("the document has no operation")
                   : str_printf(arena, "the document has no operation " STR_FMT,
                                STR_ARG(explain->operation_name));
    return STATUS_INVALID;
}

enum status explain_all(struct engine *engine, const struct explain *explain, struct arena *arena,
                        struct buf *out, struct str *problem)
{
    const struct viewer anybody = {.kind = explain->viewer, .rights = UINT64_MAX >> 1};
    if (engine->compose != NULL)
        engine->compose(engine->compose_context, &anybody);
    for (size_t i = 0; i < engine->trusted.count; i++)
        TRY(explain_document(engine, explain, engine->trusted.entries[i].key, arena, out, problem));
    return STATUS_OK;
}
