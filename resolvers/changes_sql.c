/* changes_sql: one statement over the histories of whatever is a customer's.
 *
 * A branch for each type that keeps a history and that people have a word for, with the fields that
 * the viewer sees and people have words for: what else changes is bookkeeping. A version is a
 * change when one of these fields is different from the version before, or when it is the first one
 * and was written by a request: what imports and demo data bring was not done lately.
 */
#include "resolvers/changes_sql.h"

#include "base/viewer.h"
#include "graphql/schema.h"
#include "plan/binding.h"

/* By which of its fields people tell one thing from another, the first that there is. */
static const char *const subjects[] = {"number", "name",  "value",       "address",
                                       "street", "iccid", "serialNumber"};

struct branch {
    const struct changes_question *question;
    const struct table *table; /* of the versions */
    const struct type *type;   /* of the things */
};

static bool is_shown(const struct branch *branch, const struct field *field)
{
    const struct binding *binding = field->binding;
    return (binding->kind == BIND_COLUMN || binding->kind == BIND_EMBEDDED ||
            binding->kind == BIND_ONE) &&
           needs_met(field->needs, branch->question->viewer->rights) &&
           change_label(branch->question->labels, branch->type->name, field->name).at != NULL;
}

/* ---- what is different ---- */

/* Days and moments as numbers, so that they need not be read again. */
static void add_text(struct buf *sql, const struct type *type, const char *alias, struct str column)
{
    if (str_is(type->name, "Date"))
        buf_printf(sql, "CAST(DATEDIFF(%s.`" STR_FMT "`, '1970-01-01') AS CHAR)", alias,
                   STR_ARG(column));
    else if (str_is(type->name, "DateTime"))
        buf_printf(sql, "CAST(TIMESTAMPDIFF(SECOND, '1970-01-01', %s.`" STR_FMT "`) AS CHAR)",
                   alias, STR_ARG(column));
    else
        buf_printf(sql, "CAST(%s.`" STR_FMT "` AS CHAR)", alias, STR_ARG(column));
}

/* The words of the row that a column names, where everybody may read it or it is the same
 * customer's. */
static void add_named(struct buf *sql, const struct branch *branch, const struct binding *binding,
                      const char *alias)
{
    const struct table *target = binding->target;
    const struct field *name = NULL;
    for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects) && name == NULL; i++)
        name = schema_field(branch->question->schema, target->type, str_of(subjects[i]),
                            branch->question->viewer->rights);
    const struct binding *bound = name == NULL ? NULL : name->binding;
    bool own =
        target->scope_customer.len > 0 && !str_equal(target->scope_customer, target->primary_key);
    if (bound == NULL || bound->kind != BIND_COLUMN || bound->half != NULL ||
        (!own && !target->open)) {
        buf_add(sql, STR("NULL"));
        return;
    }
    buf_printf(sql,
               "(SELECT CAST(n.`" STR_FMT "` AS CHAR) FROM " STR_FMT " AS n WHERE n.`" STR_FMT
               "` = %s.`" STR_FMT "`",
               STR_ARG(bound->column), STR_ARG(target->quoted), STR_ARG(binding->target_key), alias,
               STR_ARG(binding->column));
    if (own)
        buf_printf(sql, " AND n.`" STR_FMT "` = %s.`" STR_FMT "`", STR_ARG(target->scope_customer),
                   alias, STR_ARG(branch->table->scope_customer));
    buf_add_char(sql, ')');
}

/* '["HELD"]', a text for each column. */
static void add_side(struct buf *sql, const struct branch *branch, const struct field *field,
                     const char *alias)
{
    const struct binding *binding = field->binding;
    const struct type *type = field->type->named;
    uint32_t count = binding->kind == BIND_EMBEDDED ? type->field_count : 1;
    for (uint32_t i = 0; i < count; i++) {
        buf_printf(sql, "'%s', COALESCE(JSON_QUOTE(", i == 0 ? "[" : ",");
        if (binding->kind == BIND_EMBEDDED)
            add_text(sql, type->fields[i].type->named, alias, binding->embedded[i]);
        else if (binding->kind == BIND_ONE)
            add_named(sql, branch, binding, alias);
        else
            add_text(sql, type, alias, binding->column);
        buf_add(sql, STR("), 'null'), "));
    }
    buf_add(sql, STR("']'"));
}

/* Bytes are compared: a collation would not see that an accent was put right. */
static void add_differs(struct buf *sql, const struct field *field)
{
    const struct binding *binding = field->binding;
    uint32_t count = binding->kind == BIND_EMBEDDED ? field->type->named->field_count : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct str column = binding->kind == BIND_EMBEDDED ? binding->embedded[i] : binding->column;
        buf_printf(sql, "%sNOT BINARY t.`" STR_FMT "` <=> BINARY b.`" STR_FMT "`",
                   i == 0 ? "(" : " OR ", STR_ARG(column), STR_ARG(column));
    }
    buf_add_char(sql, ')');
}

/* {"status":[["HELD"],["PENDING"]]} */
static void add_fields(struct buf *sql, const struct branch *branch)
{
    const struct versions *versions = branch->table->versions;
    buf_add(sql, STR("CONCAT('{\"\":0'"));
    for (uint32_t i = 0; i < versions->field_count; i++) {
        const struct field *field = versions->fields[i];
        if (!is_shown(branch, field))
            continue;
        buf_add(sql, STR(",\n    IF("));
        add_differs(sql, field);
        buf_printf(sql, ", CONCAT(',\"" STR_FMT "\":[', ", STR_ARG(field->name));
        add_side(sql, branch, field, "b");
        buf_add(sql, STR(", ',', "));
        add_side(sql, branch, field, "t");
        buf_add(sql, STR(", ']'), '')"));
    }
    buf_add(sql, STR(",\n    '}')"));
}

static void add_any_differs(struct buf *sql, const struct branch *branch)
{
    const struct versions *versions = branch->table->versions;
    buf_add(sql, STR("FALSE"));
    for (uint32_t i = 0; i < versions->field_count; i++) {
        if (!is_shown(branch, versions->fields[i]))
            continue;
        buf_add(sql, STR("\n    OR "));
        add_differs(sql, versions->fields[i]);
    }
}

/* ---- which one ---- */

static void add_subject(struct buf *sql, const struct branch *branch)
{
    for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++) {
        const struct field *field =
            schema_field(branch->question->schema, branch->type, str_of(subjects[i]),
                         branch->question->viewer->rights);
        const struct binding *binding = field == NULL ? NULL : field->binding;
        if (binding == NULL || binding->kind != BIND_COLUMN || binding->half != NULL)
            continue;
        buf_printf(sql, "CAST(t.`" STR_FMT "` AS CHAR)", STR_ARG(binding->column));
        return;
    }
    buf_add(sql, STR("NULL"));
}

/* ---- all of it ---- */

static void add_parameter(struct changes_question *question, struct cell cell)
{
    question->parameters[question->parameter_count++] = cell;
}

static void add_branch(struct buf *sql, struct changes_question *question,
                       const struct branch *branch)
{
    const struct table *table = branch->table;
    struct str key = table->primary_key, start = table->row_start, owner = table->scope_customer;
    if (question->parameter_count > 0)
        buf_add(sql, STR("\nUNION ALL\n"));
    buf_printf(sql,
               "SELECT '" STR_FMT "' AS type, t.`" STR_FMT "` AS id, t.`" STR_FMT
               "` AS began_at, b.`" STR_FMT "` IS NULL AS began,\n    ",
               STR_ARG(branch->type->name), STR_ARG(key), STR_ARG(start), STR_ARG(key));
    add_subject(sql, branch);
    buf_add(sql, STR(" AS subject,\n    "));
    add_fields(sql, branch);
    buf_printf(sql,
               " AS fields\nFROM " STR_FMT " FOR SYSTEM_TIME ALL AS t\nLEFT JOIN " STR_FMT
               " FOR SYSTEM_TIME ALL AS b ON b.`" STR_FMT "` = t.`" STR_FMT "` AND b.`" STR_FMT
               "` = t.`" STR_FMT "` AND b.`" STR_FMT "` = t.`" STR_FMT "`\n",
               STR_ARG(table->quoted), STR_ARG(table->quoted), STR_ARG(key), STR_ARG(key),
               STR_ARG(table->row_end), STR_ARG(start), STR_ARG(owner), STR_ARG(owner));
    buf_printf(sql,
               "WHERE t.`" STR_FMT "` = ? AND t.`" STR_FMT "` >= ? AND t.`" STR_FMT
               "` <= ? AND IF(b.`" STR_FMT "` IS NULL, EXISTS (SELECT 1 FROM audit_record AS a\n"
               "    WHERE a.customer_id = t.`" STR_FMT "` AND a.began_at <= t.`" STR_FMT
               "` AND a.recorded_at >= t.`" STR_FMT "`), ",
               STR_ARG(owner), STR_ARG(start), STR_ARG(start), STR_ARG(key), STR_ARG(owner),
               STR_ARG(start), STR_ARG(start));
    add_any_differs(sql, branch);
    buf_add_char(sql, ')');
    add_parameter(question, question->customer);
    add_parameter(question, question->since);
    add_parameter(question, question->until);
}

/* Versions of what belongs to a customer, as far as the viewer sees it and there is a word for it.
 */
static bool find_branch(const struct changes_question *question, const struct type *type,
                        struct branch *out)
{
    const struct table *table = type->kind == TYPE_OBJECT ? type->binding : NULL;
    if (table == NULL || table->versions == NULL || table->scope_customer.len == 0)
        return false;
    *out = (struct branch){.question = question, .table = table, .type = table->versions->of->type};
    return needs_met(type->needs, question->viewer->rights) &&
           change_label(question->labels, out->type->name, STR("")).at != NULL;
}

/* What was written down is found by when; of several at once the last one. */
static const char outer_begin[] =
    "SELECT y.type, y.id, y.began_at, y.began, y.subject, y.fields, a.id,\n"
    "    a.user_account_id, a.mutation, a.undoable_until >= NOW(6), u.display_name, u.kind,\n"
    "    c.change_id IS NOT NULL\n"
    "FROM (SELECT x.*, (SELECT MAX(r.id) FROM audit_record AS r\n"
    "        WHERE r.customer_id = ? AND r.began_at <= x.began_at\n"
    "            AND r.recorded_at >= x.began_at) AS record_id\n"
    "FROM (\n";
static const char outer_end[] = "\n) AS x\n"
                                "WHERE x.began_at < ? OR x.type > ? OR (x.type = ? AND x.id > ?)\n"
                                "ORDER BY x.began_at DESC, x.type, x.id LIMIT ?) AS y\n"
                                "LEFT JOIN audit_record AS a ON a.id = y.record_id\n"
                                "LEFT JOIN user_account AS u ON u.id = a.user_account_id\n"
                                "LEFT JOIN change_undo AS c ON c.change_id = a.id\n"
                                "ORDER BY y.began_at DESC, y.type, y.id";

bool changes_sql(struct changes_question *question, struct buf *sql)
{
    const struct schema *schema = question->schema;
    question->parameter_count = 0;
    buf_add(sql, STR(outer_begin));
    struct buf branches;
    buf_init(&branches, question->labels->arena, 16384);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        struct branch branch;
        if (question->parameter_count + CHANGES_OTHER_PARAMETERS + 3 <= CHANGES_PARAMETERS &&
            find_branch(question, schema->types[i], &branch))
            add_branch(&branches, question, &branch);
    }
    if (question->parameter_count == 0)
        return false;
    buf_add(sql, buf_str(&branches));
    buf_add(sql, STR(outer_end));
    memmove(question->parameters + 1, question->parameters,
            question->parameter_count++ * sizeof(*question->parameters));
    question->parameters[0] = question->customer;
    add_parameter(question, question->until);
    add_parameter(question, cell_text(question->after_type));
    add_parameter(question, cell_text(question->after_type));
    add_parameter(question, cell_int(question->after_id));
    add_parameter(question, cell_int((int64_t)question->first + 1));
    return true;
}
