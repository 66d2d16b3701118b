/* catalogue: what information_schema says about one table of everything. */
#include "scratch.h"

#include "mariadb/catalogue.h"
#include "unit/test.h"

static const char tables_sql[] =
    "CREATE TABLE owner (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, code VARCHAR(10) "
    "NOT NULL,"
    " second INT NULL, valid_from TIMESTAMP(6) GENERATED ALWAYS AS ROW START,"
    " valid_to TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (valid_from, "
    "valid_to),"
    " UNIQUE KEY owner_code (code), UNIQUE KEY owner_second (second)) WITH SYSTEM VERSIONING;"
    "CREATE TABLE thing ("
    " id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
    " owner_id BIGINT UNSIGNED NOT NULL,"
    " name VARCHAR(80) NOT NULL DEFAULT 'it''s',"
    " kind ENUM('A', 'it''s', '') NOT NULL,"
    " tags SET('x','y') NULL,"
    " price DECIMAL(12,2) NULL, born DATE NULL, at DATETIME(6) NOT NULL, seen TIMESTAMP NULL,"
    " data JSON NULL, hash BINARY(16) NULL, half FLOAT NULL, flag BOOLEAN NOT NULL DEFAULT FALSE,"
    " folded VARCHAR(80) AS (LOWER(name)) STORED, perhaps DATE AS (COALESCE(born, NULL)),"
    " ends DATE AS (COALESCE(LEAST(born, CURRENT_DATE), DATE'9999-12-31')) VIRTUAL, place POINT "
    "NULL,"
    " KEY thing_owner (owner_id, at),"
    " CONSTRAINT thing_owner_fk FOREIGN KEY (owner_id) REFERENCES owner (id)"
    ") WITH SYSTEM VERSIONING;"
    "CREATE TABLE plain (id INT PRIMARY KEY);"
    "CREATE VIEW thing_name AS SELECT id, name FROM thing";

static const struct catalogue_table *thing;

static const struct catalogue_column *column(const char *name)
{
    return catalogue_column(thing, str_of(name));
}

static void test_columns(void)
{
    TEST("a table that is not there is not found", column("nothing") == NULL);
    TEST_TEXT("a column has its type as written", column("name")->column_type, STR("varchar(80)"));
    TEST("and its length", column("name")->length == 80 && column("id")->length == 0);
    TEST("NOT NULL is told from NULL", !column("name")->nullable && column("price")->nullable);
    TEST("a generated column with a constant at the end is never NULL",
         !column("ends")->nullable && column("perhaps")->nullable && column("folded")->nullable);
    TEST("unsigned is told", column("owner_id")->is_unsigned && !column("id")->is_unsigned);
    TEST("defaults are told", column("name")->has_default && column("id")->has_default &&
                                  column("flag")->has_default && !column("owner_id")->has_default);
    TEST("generated columns are told", column("folded")->generated && !column("name")->generated);
    TEST("JSON is told from text", column("data")->is_json && !column("name")->is_json);
    TEST("positions count from zero",
         column("id")->position == 0 && column("owner_id")->position == 1);
    static const struct {
        const char *name;
        enum catalogue_kind kind;
    } want[] = {
        {"id", CATALOGUE_INTEGER},  {"flag", CATALOGUE_INTEGER}, {"price", CATALOGUE_DECIMAL},
        {"half", CATALOGUE_DOUBLE}, {"name", CATALOGUE_TEXT},    {"data", CATALOGUE_TEXT},
        {"kind", CATALOGUE_ENUM},   {"tags", CATALOGUE_SET},     {"hash", CATALOGUE_BYTES},
        {"born", CATALOGUE_DATE},   {"at", CATALOGUE_DATETIME},  {"seen", CATALOGUE_DATETIME},
        {"place", CATALOGUE_OTHER},
    };
    bool all = true;
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
        all &= column(want[i].name)->kind == want[i].kind;
    TEST("every column has its kind", all);
    const struct catalogue_column *kind = column("kind");
    TEST("an enum has its values", kind->value_count == 3);
    TEST_TEXT("a quote in a value is one quote", kind->values[1], STR("it's"));
    TEST_TEXT("a value may be empty", kind->values[2], STR(""));
}

static void test_keys(const struct catalogue *catalogue)
{
    const struct catalogue_table *owner = catalogue_table(catalogue, STR("owner"));
    const struct catalogue_table *plain = catalogue_table(catalogue, STR("plain"));
    TEST("a versioned table is told",
         thing->is_versioned && owner->is_versioned && !plain->is_versioned);
    TEST("the period of a versioned table is generated",
         catalogue_column(owner, STR("valid_to"))->generated &&
             catalogue_column(owner, STR("valid_from"))->generated);
    const struct catalogue_table *view = catalogue_table(catalogue, STR("thing_name"));
    TEST("a view is told, with its columns", view->is_view && view->columns.count == 2);
    TEST("the primary key of a versioned table is what was written",
         thing->primary != NULL && thing->primary->column_count == 1 && thing->primary->unique);
    TEST("a primary key is unique", catalogue_is_unique(thing, (struct str[]){STR("id")}, 1));
    TEST("with more columns it still is",
         catalogue_is_unique(thing, (struct str[]){STR("name"), STR("id")}, 2));
    TEST("a unique key is unique", catalogue_is_unique(owner, (struct str[]){STR("code")}, 1));
    TEST("but not when it may be NULL",
         !catalogue_is_unique(owner, (struct str[]){STR("second")}, 1));
    TEST("an index is not", !catalogue_is_unique(thing, (struct str[]){STR("owner_id")}, 1));
    TEST("the beginning of an index is indexed",
         catalogue_is_indexed(thing, (struct str[]){STR("owner_id")}, 1));
    TEST("all of it in another order too",
         catalogue_is_indexed(thing, (struct str[]){STR("at"), STR("owner_id")}, 2));
    TEST("its end alone is not", !catalogue_is_indexed(thing, (struct str[]){STR("at")}, 1));
    const struct catalogue_reference *reference =
        map_get(&thing->references, STR("thing_owner_fk"));
    TEST("a foreign key says what it refers to", reference != NULL &&
                                                     str_is(reference->table, "owner") &&
                                                     str_is(reference->referred_columns[0], "id") &&
                                                     reference->columns[0] == column("owner_id"));
}

int main(void)
{
    struct arena *arena = arena_create();
    struct private_mariadb *mariadb = scratch_start(arena);
    struct str problem;
    struct database *migration = database_open(private_migration(mariadb), arena, &problem);
    TEST("the tables are made", database_script(migration, STR(tables_sql)) == STATUS_OK);
    struct database *application = database_open(private_application(mariadb), arena, &problem);
    struct catalogue catalogue;
    TEST("the catalogue is read as the application",
         catalogue_read(&catalogue, arena, application, (struct str){0}) == STATUS_OK);
    TEST("it has the tables of the database alone", catalogue.tables.count == 4);
    thing = catalogue_table(&catalogue, STR("thing"));
    struct catalogue other;
    TEST("the catalogue of another database is read",
         catalogue_read(&other, arena, application, STR("information_schema")) == STATUS_OK &&
             catalogue_table(&other, STR("COLUMNS")) != NULL);
    TEST("of a database that is not there nothing is known",
         catalogue_read(&other, arena, application, STR("nowhere")) == STATUS_OK &&
             other.tables.count == 0);
    test_columns();
    test_keys(&catalogue);
    database_close(application);
    database_close(migration);
    scratch_stop(mariadb);
    arena_destroy(arena);
    return test_end();
}
