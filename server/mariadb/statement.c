/* statement: a hash table of prepared statements with a list by last use, and how parameters are
 * bound. */
#include "statement.h"

#include "calendar.h"
#include <assert.h>
#include <stdlib.h>

enum { MICROSECONDS = 1000000, SECONDS_PER_DAY = 86400 };

struct statement_value {
    enum enum_field_types type;
    bool is_unsigned;
    my_bool is_null;
    unsigned long length;
    union {
        int64_t integer;
        double real;
        MYSQL_TIME time;
    };
};

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        abort(); /* as an arena does */
    return memory;
}

void statements_init(struct statements *statements, uint32_t limit)
{
    uint32_t bucket_count = 16;
    while (bucket_count < limit * 2)
        bucket_count *= 2;
    *statements = (struct statements){
        .buckets = allocate(bucket_count, sizeof(struct statement *)),
        .bucket_count = bucket_count,
        .limit = limit == 0 ? 1 : limit,
    };
}

void statements_attach(struct statements *statements, MYSQL *mysql)
{
    assert(statements->count == 0);
    statements->mysql = mysql;
}

static struct statement **bucket_of(struct statements *statements, uint64_t hash)
{
    return &statements->buckets[hash & (statements->bucket_count - 1)];
}

static void link_newest(struct statements *statements, struct statement *statement)
{
    statement->newer = NULL;
    statement->older = statements->newest;
    if (statements->newest != NULL)
        statements->newest->newer = statement;
    else
        statements->oldest = statement;
    statements->newest = statement;
}

static void unlink_from_list(struct statements *statements, struct statement *statement)
{
    if (statement->newer != NULL)
        statement->newer->older = statement->older;
    else
        statements->newest = statement->older;
    if (statement->older != NULL)
        statement->older->newer = statement->newer;
    else
        statements->oldest = statement->newer;
}

static struct statement *create(struct statements *statements, struct str sql, uint64_t hash)
{
    MYSQL_STMT *stmt = mysql_stmt_init(statements->mysql);
    if (stmt == NULL)
        return NULL;
    struct statement *statement = allocate(1, sizeof(*statement));
    char *copy = allocate(1, sql.len + 1);
    memcpy(copy, sql.at, sql.len);
    statement->stmt = stmt;
    statement->sql = (struct str){.at = copy, .len = sql.len};
    statement->hash = hash;
    return statement;
}

static struct statement *look_up(struct statements *statements, struct str sql, uint64_t hash)
{
    struct statement *each = *bucket_of(statements, hash);
    while (each != NULL && (each->hash != hash || !str_equal(each->sql, sql)))
        each = each->chain;
    if (each != NULL && statements->newest != each) {
        unlink_from_list(statements, each);
        link_newest(statements, each);
    }
    return each;
}

struct statement *statements_find(struct statements *statements, struct str sql)
{
    struct statement *statement = look_up(statements, sql, str_hash(sql));
    return statement != NULL && statement->prepared ? statement : NULL;
}

struct statement *statements_take(struct statements *statements, struct str sql)
{
    uint64_t hash = str_hash(sql);
    struct statement *statement = look_up(statements, sql, hash);
    if (statement != NULL)
        return statement;
    statement = create(statements, sql, hash);
    if (statement == NULL)
        return NULL;
    struct statement **bucket = bucket_of(statements, hash);
    statement->chain = *bucket;
    *bucket = statement;
    link_newest(statements, statement);
    statements->count++;
    return statement;
}

void statements_remove(struct statements *statements, struct statement *statement)
{
    struct statement **link = bucket_of(statements, statement->hash);
    while (*link != statement)
        link = &(*link)->chain;
    *link = statement->chain;
    unlink_from_list(statements, statement);
    statements->count--;
}

struct statement *statements_surplus(struct statements *statements)
{
    if (statements->count <= statements->limit)
        return NULL;
    struct statement *statement = statements->oldest;
    statements_remove(statements, statement);
    return statement;
}

void statement_free(struct statement *statement)
{
    free((char *)statement->sql.at);
    free(statement->values);
    free(statement->sent_types);
    result_columns_free(&statement->columns);
    free(statement);
}

void statement_prepared(struct statement *statement)
{
    const MYSQL_STMT *stmt = statement->stmt;
    statement->prepared = true;
    statement->sent_types = allocate(stmt->param_count + 1, sizeof(uint16_t));
    result_columns_resize(&statement->columns, stmt->field_count);
    for (uint32_t i = 0; i < stmt->field_count; i++)
        result_columns_set(&statement->columns, i, stmt->fields[i].type,
                           (stmt->fields[i].flags & UNSIGNED_FLAG) != 0);
}

void statement_forget_types(struct statement *statement)
{
    memset(statement->sent_types, 0, statement->stmt->param_count * sizeof(uint16_t));
}

/* mysql_close() has parted the statements from the connection, so that closing them sends nothing.
 */
void statements_clear(struct statements *statements)
{
    while (statements->oldest != NULL) {
        struct statement *statement = statements->oldest;
        statements_remove(statements, statement);
        assert(statement->stmt->mysql == NULL);
        mysql_stmt_close(statement->stmt);
        statement_free(statement);
    }
    statements->mysql = NULL;
}

void statements_dispose(struct statements *statements)
{
    statements_clear(statements);
    free(statements->buckets);
}

static MYSQL_TIME time_of(const struct cell *cell)
{
    int64_t days = cell->integer, rest = 0;
    if (cell->kind == CELL_TIME) {
        int64_t per_day = (int64_t)SECONDS_PER_DAY * MICROSECONDS;
        rest = ((cell->integer % per_day) + per_day) % per_day;
        days = (cell->integer - rest) / per_day;
    }
    int year;
    MYSQL_TIME time = {
        .hour = (unsigned)(rest / MICROSECONDS / 3600),
        .minute = (unsigned)(rest / MICROSECONDS / 60 % 60),
        .second = (unsigned)(rest / MICROSECONDS % 60),
        .second_part = (unsigned long)(rest % MICROSECONDS),
        .time_type = cell->kind == CELL_TIME ? MYSQL_TIMESTAMP_DATETIME : MYSQL_TIMESTAMP_DATE,
    };
    calendar_date(days, &year, &time.month, &time.day);
    time.year = (unsigned)year;
    return time;
}

/* A NULL keeps the type of the value before, so that the types need not be sent again. */
static bool set_value(struct statement_value *value, const struct cell *cell)
{
    value->is_null = cell->kind == CELL_NULL;
    if (value->is_null)
        return true;
    value->is_unsigned = cell->kind == CELL_UINT;
    switch (cell->kind) {
    case CELL_INT:
    case CELL_UINT:
        value->type = MYSQL_TYPE_LONGLONG;
        value->integer = cell->integer;
        return true;
    case CELL_DOUBLE:
        value->type = MYSQL_TYPE_DOUBLE;
        value->real = cell->real;
        return true;
    case CELL_TEXT:
        value->type = MYSQL_TYPE_STRING;
        value->length = cell->len;
        return true;
    case CELL_DATE:
    case CELL_TIME:
        value->type = cell->kind == CELL_DATE ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
        value->time = time_of(cell);
        return value->time.year <= 9999;
    case CELL_NULL:
    case CELL_OBJECT:
    case CELL_LIST:
        break;
    }
    return false;
}

static void *buffer_of(struct statement_value *value, const struct cell *cell)
{
    if (cell->kind == CELL_TEXT && cell->text != NULL)
        return (void *)cell->text;
    return &value->integer;
}

/* Types are sent once: when none of them changed, only the addresses of texts are new. */
static bool set_values(struct statement *statement, const struct cell *parameters,
                       uint32_t parameter_count, bool *changed)
{
    *changed = statement->values == NULL;
    if (*changed) {
        statement->values = allocate(parameter_count, sizeof(struct statement_value));
        for (uint32_t i = 0; i < parameter_count; i++)
            statement->values[i].type = MYSQL_TYPE_STRING;
    }
    for (uint32_t i = 0; i < parameter_count; i++) {
        struct statement_value *value = &statement->values[i];
        enum enum_field_types type = value->type;
        bool is_unsigned = value->is_unsigned;
        if (!set_value(value, &parameters[i]))
            return false;
        *changed |= type != value->type || is_unsigned != value->is_unsigned;
    }
    return true;
}

static bool bind_all(struct statement *statement, const struct cell *parameters,
                     uint32_t parameter_count)
{
    MYSQL_BIND *binds = allocate(parameter_count, sizeof(*binds));
    for (uint32_t i = 0; i < parameter_count; i++) {
        struct statement_value *value = &statement->values[i];
        binds[i].buffer_type = value->type;
        binds[i].buffer = buffer_of(value, &parameters[i]);
        binds[i].is_unsigned = value->is_unsigned;
        binds[i].is_null = &value->is_null;
        binds[i].length = &value->length;
    }
    bool refused = mysql_stmt_bind_param(statement->stmt, binds) != 0;
    free(binds);
    return !refused;
}

enum status statement_bind(struct statement *statement, const struct cell *parameters,
                           uint32_t parameter_count)
{
    MYSQL_STMT *stmt = statement->stmt;
    if (parameter_count != mysql_stmt_param_count(stmt))
        return STATUS_INTERNAL;
    if (parameter_count == 0)
        return STATUS_OK;
    bool changed;
    if (!set_values(statement, parameters, parameter_count, &changed))
        return STATUS_INTERNAL;
    if (changed)
        return bind_all(statement, parameters, parameter_count) ? STATUS_OK : STATUS_INTERNAL;
    for (uint32_t i = 0; i < parameter_count; i++)
        stmt->params[i].buffer = buffer_of(&statement->values[i], &parameters[i]);
    return STATUS_OK;
}
