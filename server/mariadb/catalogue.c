/* catalogue: five questions to information_schema, put together into tables. */
#include "catalogue.h"

#include "base/arena.h"
#include "database.h"

static const char tables_sql[] = "SELECT TABLE_NAME, TABLE_TYPE"
                                 " FROM information_schema.TABLES"
                                 " WHERE TABLE_SCHEMA = COALESCE(?, DATABASE())"
                                 " ORDER BY TABLE_NAME";

/* MariaDB lets no generated column be NOT NULL: those are that are a COALESCE of something and a
 * constant. */
static const char columns_sql[] =
    "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE,"
    " IS_NULLABLE = 'YES' AND NOT COALESCE(GENERATION_EXPRESSION RLIKE"
    " '^coalesce[(].+,(DATE|TIMESTAMP)?''[^'']*''[)]$', FALSE), "
    "CAST(COALESCE(CHARACTER_MAXIMUM_LENGTH, 0) "
    "AS SIGNED),"
    " IS_GENERATED <> 'NEVER', COLUMN_DEFAULT IS NOT NULL OR"
    " EXTRA LIKE '%auto_increment%',"
    " COALESCE(GENERATION_EXPRESSION = 'ROW END', FALSE),"
    " COALESCE(GENERATION_EXPRESSION = 'ROW START', FALSE)"
    " FROM information_schema.COLUMNS"
    " WHERE TABLE_SCHEMA = COALESCE(?, DATABASE())"
    " ORDER BY TABLE_NAME, ORDINAL_POSITION";

/* MariaDB's JSON is a LONGTEXT with this constraint, named after the column. */
static const char json_sql[] =
    "SELECT TABLE_NAME, CONSTRAINT_NAME"
    " FROM information_schema.CHECK_CONSTRAINTS"
    " WHERE CONSTRAINT_SCHEMA = COALESCE(?, DATABASE()) AND LEVEL = 'Column'"
    " AND CHECK_CLAUSE = CONCAT('json_valid(`', CONSTRAINT_NAME, '`)')";

static const char keys_sql[] =
    "SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, NON_UNIQUE = 0"
    " FROM information_schema.STATISTICS"
    " WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND INDEX_TYPE IN ('BTREE', 'HASH')"
    " ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";

static const char references_sql[] =
    "SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME,"
    " REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME"
    " FROM information_schema.KEY_COLUMN_USAGE"
    " WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND REFERENCED_TABLE_NAME IS NOT NULL"
    " ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION";

/* clang-format off */
static const struct {
    const char *data_type;
    enum catalogue_kind kind;
} kinds[] = {
    {"tinyint",    CATALOGUE_INTEGER},
    {"smallint",   CATALOGUE_INTEGER},
    {"mediumint",  CATALOGUE_INTEGER},
    {"int",        CATALOGUE_INTEGER},
    {"bigint",     CATALOGUE_INTEGER},
    {"year",       CATALOGUE_INTEGER},
    {"bit",        CATALOGUE_INTEGER},
    {"decimal",    CATALOGUE_DECIMAL},
    {"float",      CATALOGUE_DOUBLE},
    {"double",     CATALOGUE_DOUBLE},
    {"char",       CATALOGUE_TEXT},
    {"varchar",    CATALOGUE_TEXT},
    {"tinytext",   CATALOGUE_TEXT},
    {"text",       CATALOGUE_TEXT},
    {"mediumtext", CATALOGUE_TEXT},
    {"longtext",   CATALOGUE_TEXT},
    {"uuid",       CATALOGUE_TEXT},
    {"inet4",      CATALOGUE_TEXT},
    {"inet6",      CATALOGUE_TEXT},
    {"enum",       CATALOGUE_ENUM},
    {"set",        CATALOGUE_SET},
    {"binary",     CATALOGUE_BYTES},
    {"varbinary",  CATALOGUE_BYTES},
    {"tinyblob",   CATALOGUE_BYTES},
    {"blob",       CATALOGUE_BYTES},
    {"mediumblob", CATALOGUE_BYTES},
    {"longblob",   CATALOGUE_BYTES},
    {"date",       CATALOGUE_DATE},
    {"datetime",   CATALOGUE_DATETIME},
    {"timestamp",  CATALOGUE_DATETIME},
    {"time",       CATALOGUE_TIME},
};
/* clang-format on */

static enum catalogue_kind kind_of(struct str data_type)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (str_is(data_type, kinds[i].data_type))
            return kinds[i].kind;
    }
    return CATALOGUE_OTHER;
}

/* enum('A','it''s') has values in quotes, with quotes in them doubled. */
static void read_values(struct catalogue_column *column, struct arena *arena)
{
    const char *at = memchr(column->column_type.at, '(', column->column_type.len);
    const char *end = column->column_type.at + column->column_type.len;
    if (at == NULL)
        return;
    column->values = arena_array(arena, struct str, column->column_type.len / 3 + 1);
    while (++at < end && *at == '\'') {
        char *value = arena_text(arena, (size_t)(end - at));
        size_t len = 0;
        for (at++; at < end && (*at != '\'' || (at + 1 < end && at[1] == '\'')); at++) {
            at += *at == '\'';
            value[len++] = *at;
        }
        column->values[column->value_count++] = (struct str){.at = value, .len = len};
        at++; /* now at the comma or the closing bracket */
    }
}

static struct catalogue_table *find_table(const struct catalogue *catalogue,
                                          const struct cell *name)
{
    return map_get(&catalogue->tables, cell_str(name));
}

static void add_table(struct catalogue *catalogue, struct arena *arena, const struct cell *row)
{
    struct catalogue_table *table = arena_new(arena, struct catalogue_table);
    table->name = cell_str(&row[0]);
    table->is_view = str_is(cell_str(&row[1]), "VIEW");
    table->is_versioned = str_is(cell_str(&row[1]), "SYSTEM VERSIONED");
    map_init(&table->columns, arena, 16);
    map_init(&table->keys, arena, 4);
    map_init(&table->references, arena, 4);
    map_put(&catalogue->tables, table->name, table);
}

static void add_column(struct catalogue *catalogue, struct arena *arena, const struct cell *row)
{
    struct catalogue_table *table = find_table(catalogue, &row[0]);
    if (table == NULL)
        return; /* made since the tables were read */
    struct catalogue_column *column = arena_new(arena, struct catalogue_column);
    *column = (struct catalogue_column){
        .name = cell_str(&row[1]),
        .data_type = cell_str(&row[2]),
        .column_type = cell_str(&row[3]),
        .kind = kind_of(cell_str(&row[2])),
        .position = (uint32_t)table->columns.count,
        .nullable = row[4].integer != 0,
        .length = (uint64_t)row[5].integer,
        .generated = row[6].integer != 0,
        .has_default = row[7].integer != 0,
        .ends_version = row[8].integer != 0,
        .begins_version = row[9].integer != 0,
        .is_unsigned = str_ends(cell_str(&row[3]), STR(" unsigned")),
    };
    if (column->kind == CATALOGUE_ENUM || column->kind == CATALOGUE_SET)
        read_values(column, arena);
    map_put(&table->columns, column->name, column);
}

static void mark_json(struct catalogue *catalogue, struct arena *arena, const struct cell *row)
{
    struct catalogue_table *table = find_table(catalogue, &row[0]);
    struct catalogue_column *column =
        table == NULL ? NULL : map_get(&table->columns, cell_str(&row[1]));
    if (column != NULL)
        column->is_json = true;
}

static struct catalogue_key *key_of(struct catalogue_table *table, struct arena *arena,
                                    struct str name)
{
    struct catalogue_key *key = map_get(&table->keys, name);
    if (key != NULL)
        return key;
    key = arena_new(arena, struct catalogue_key);
    key->name = name;
    key->columns = arena_array(arena, struct catalogue_column *, table->columns.count);
    map_put(&table->keys, name, key);
    if (str_is(name, "PRIMARY"))
        table->primary = key;
    return key;
}

/* MariaDB adds the end of a version's life to the unique keys of a versioned table that names it;
 * among the rows that live now the other columns are unique alone. */
static void add_key_column(struct catalogue *catalogue, struct arena *arena, const struct cell *row)
{
    struct catalogue_table *table = find_table(catalogue, &row[0]);
    struct catalogue_column *column =
        table == NULL ? NULL : map_get(&table->columns, cell_str(&row[2]));
    if (column == NULL || column->ends_version)
        return;
    struct catalogue_key *key = key_of(table, arena, cell_str(&row[1]));
    key->unique = row[3].integer != 0;
    key->columns[key->column_count++] = column;
}

static void add_reference(struct catalogue *catalogue, struct arena *arena, const struct cell *row)
{
    struct catalogue_table *table = find_table(catalogue, &row[0]);
    struct catalogue_column *column =
        table == NULL ? NULL : map_get(&table->columns, cell_str(&row[2]));
    if (column == NULL)
        return;
    struct str name = cell_str(&row[1]);
    struct catalogue_reference *reference = map_get(&table->references, name);
    if (reference == NULL) {
        reference = arena_new(arena, struct catalogue_reference);
        reference->name = name;
        reference->table = cell_str(&row[3]);
        reference->columns = arena_array(arena, struct catalogue_column *, table->columns.count);
        reference->referred_columns = arena_array(arena, struct str, table->columns.count);
        map_put(&table->references, name, reference);
    }
    reference->columns[reference->column_count] = column;
    reference->referred_columns[reference->column_count++] = cell_str(&row[4]);
}

static const struct {
    const char *sql;
    void (*add)(struct catalogue *catalogue, struct arena *arena, const struct cell *row);
} questions[] = {
    {tables_sql, add_table},    {columns_sql, add_column},       {json_sql, mark_json},
    {keys_sql, add_key_column}, {references_sql, add_reference},
};

enum status catalogue_read(struct catalogue *catalogue, struct arena *arena,
                           struct database *database, struct str name)
{
    const struct cell parameter =
        name.len == 0 ? (struct cell){.kind = CELL_NULL} : cell_text(name);
    map_init(&catalogue->tables, arena, 64);
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        struct rows rows;
        TRY(database_run(database, arena, str_of(questions[i].sql), &parameter, 1, &rows));
        for (uint32_t row = 0; row < rows.count; row++)
            questions[i].add(catalogue, arena, &rows.cells[row * rows.width]);
    }
    return STATUS_OK;
}

const struct catalogue_table *catalogue_table(const struct catalogue *catalogue, struct str name)
{
    return map_get(&catalogue->tables, name);
}

const struct catalogue_column *catalogue_column(const struct catalogue_table *table,
                                                struct str name)
{
    return map_get(&table->columns, name);
}

static bool contains(const struct str *columns, uint32_t column_count, struct str name)
{
    for (uint32_t i = 0; i < column_count; i++) {
        if (str_equal(columns[i], name))
            return true;
    }
    return false;
}

/* A NULL is equal to nothing, so a unique key holds it as often as it likes. */
bool catalogue_is_unique(const struct catalogue_table *table, const struct str *columns,
                         uint32_t column_count)
{
    for (size_t i = 0; i < table->keys.count; i++) {
        const struct catalogue_key *key = table->keys.entries[i].value;
        uint32_t covered = 0;
        while (covered < key->column_count && !key->columns[covered]->nullable &&
               contains(columns, column_count, key->columns[covered]->name))
            covered++;
        if (key->unique && covered == key->column_count)
            return true;
    }
    return false;
}

bool catalogue_is_indexed(const struct catalogue_table *table, const struct str *columns,
                          uint32_t column_count)
{
    for (size_t i = 0; i < table->keys.count; i++) {
        const struct catalogue_key *key = table->keys.entries[i].value;
        uint32_t covered = 0;
        while (covered < key->column_count && covered < column_count &&
               contains(columns, column_count, key->columns[covered]->name))
            covered++;
        if (covered == column_count)
            return true;
    }
    return false;
}
