/* Customers are found in the same way whichever tables are read for it. */
#define RARE "1" /* of what is there once, all is read by bits */
#include "resolvers/customer_find.c"

#include "db/demo/demo.h"
#include "mariadb/calendar.h"
#include "unit/db/migrated.h"
#include "unit/test.h"
#include <sodium.h>

static struct migrated *migrated;
static struct viewer viewer; /* who looks */

/* Ids of all customers that are found, in order. */
static struct str ids_of(struct str condition, const struct cell *parameters, uint32_t count)
{
    struct rows rows;
    struct str sql = str_printf(migrated->arena,
                                "SELECT COALESCE(GROUP_CONCAT(t.id ORDER BY t.id), '') "
                                "FROM customer AS t WHERE " STR_FMT,
                                STR_ARG(condition));
    if (database_run(migrated->database, migrated->arena, sql, parameters, count, &rows) !=
        STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    return cell_str(&rows.cells[0]);
}

static struct str found_by(const struct search_pattern *patterns, uint32_t count, const char *kind)
{
    struct cell parameters[128];
    struct buf sql;
    struct customer_find find;
    buf_init(&sql, migrated->arena, 1024);
    struct predicate out = {
        .viewer = &viewer, .sql = &sql, .parameters = parameters, .parameter_limit = 128};
    customer_find_init(&find, migrated->arena, &viewer);
    for (uint32_t i = 0; i < count; i++)
        customer_find_text(&find, kind, &patterns[i]);
    if (!customer_find_finish(&find, 1000, &out))
        return STR("nothing was asked");
    return ids_of(buf_str(&sql), parameters, out.parameter_count);
}

/* The same without any of the tables that make it quick. */
static struct str found_slowly(const struct search_pattern *patterns, uint32_t count,
                               const char *kind)
{
    struct cell parameters[16];
    struct buf sql;
    buf_init(&sql, migrated->arena, 1024);
    for (uint32_t i = 0; i < count; i++) {
        bool front = patterns[i].form == SEARCH_ENDS || patterns[i].form == SEARCH_CONTAINS;
        bool back = patterns[i].form == SEARCH_BEGINS || patterns[i].form == SEARCH_CONTAINS;
        buf_printf(&sql,
                   "%sEXISTS (SELECT 1 FROM customer_search_term AS s WHERE s.customer_id = t.id "
                   "AND s.kind LIKE ? AND s.term LIKE ? ESCAPE '!')",
                   i == 0 ? "" : " AND ");
        parameters[2 * i] = cell_text(str_of(kind == NULL ? "%" : kind));
        parameters[2 * i + 1] = cell_text(
            search_like(migrated->arena, front ? "%" : "", patterns[i].text, back ? "%" : ""));
    }
    if (viewer.kind != VIEWER_PARTNER)
        return ids_of(buf_str(&sql), parameters, 2 * count);
    buf_add(&sql, STR(" AND t.partner_id IN (SELECT id FROM partner WHERE path LIKE "
                      "CONCAT(?, '%'))"));
    parameters[2 * count] = cell_text(viewer.scope_path);
    return ids_of(buf_str(&sql), parameters, 2 * count + 1);
}

static bool is_same(const struct search_pattern *patterns, uint32_t count, const char *kind,
                    uint32_t *hits)
{
    struct str quick = found_by(patterns, count, kind);
    struct str slow = found_slowly(patterns, count, kind);
    *hits += slow.len > 0;
    if (str_equal(quick, slow))
        return true;
    for (uint32_t i = 0; i < count; i++)
        printf("# " STR_FMT "\n", STR_ARG(patterns[i].text));
    printf("# " STR_FMT "\n# " STR_FMT "\n", STR_ARG(quick), STR_ARG(slow));
    return false;
}

static const char *const words[] = {
    "an",  "ma", "mu", "schm", "anna", "kat", "be", "weber", "th", "muller", "\xCE\xB1\xCE\xB2",
    "qqq", "4",  "o"};

enum { WORDS = sizeof(words) / sizeof(words[0]) };

static void test_several_beginnings(int count, uint32_t at_least)
{
    bool same = true;
    uint32_t hits = 0;
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < WORDS; j++) {
            const struct search_pattern patterns[] = {
                {.form = SEARCH_BEGINS, .text = str_of(words[i])},
                {.form = j % 3 == 0 ? SEARCH_EQUAL : SEARCH_BEGINS, .text = str_of(words[j])},
                {.form = SEARCH_BEGINS, .text = str_of(words[(i + j) % WORDS])},
            };
            same = is_same(patterns, 1, "NAME", &hits) && same;
            same = is_same(patterns, 2, j % 2 == 0 ? "NAME" : NULL, &hits) && same;
            same = is_same(patterns, 3, NULL, &hits) && same;
        }
    }
    TEST("S4-13 beginnings are found by bits as without", same);
    TEST("and many of them are found", hits > at_least);
}

static void test_within(uint32_t at_least)
{
    bool same = true;
    uint32_t hits = 0;
    static const char *const kinds[] = {"NAME", "EMAIL", "PHONE", "SERVICE", "SIM", "ORDER"};
    static const char *const parts[] = {"ann", "ller",  "mann",  "555",       "example",  "er.",
                                        "zzz", "015",   "01512", "030",       "0049",     "schmi",
                                        "111", "49151", "00000", "familie.1", "org\nanna"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
            const struct search_pattern within = {.form = SEARCH_CONTAINS,
                                                  .text = str_of(parts[i])};
            const struct search_pattern ending = {.form = SEARCH_ENDS, .text = str_of(parts[i])};
            same = is_same(&within, 1, kinds[kind], &hits) && same;
            same = is_same(&ending, 1, kinds[kind], &hits) && same;
        }
    }
    TEST("S4-11 what is within a term is found on pages and by words as without", same);
    TEST("and much of it is found", hits > at_least);
}

/* The partner with the most customers. */
static void look_as_partner(void)
{
    struct rows rows;
    struct str sql =
        STR("SELECT p.path FROM partner AS p JOIN customer AS c ON c.partner_id = p.id "
            "GROUP BY p.id, p.path ORDER BY COUNT(*) DESC LIMIT 1");
    if (database_run(migrated->database, migrated->arena, sql, NULL, 0, &rows) != STATUS_OK ||
        rows.count == 0)
        migrated_give_up(database_problem(migrated->database));
    viewer = (struct viewer){.kind = VIEWER_PARTNER, .scope_path = cell_str(&rows.cells[0])};
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    migrated = migrated_start();
    const struct demo_options options = {
        .customers = 700,
        .seed = 5,
        .day = calendar_days(2026, 11, 25),
        .access_path = str_printf(migrated->arena, "%s/demo-access.json", scratch_folder).at,
        .keys_path = str_printf(migrated->arena, "%s/keys", scratch_folder).at};
    TEST("there are customers", demo_load(&migrated->chore, &options) == STATUS_OK);
    migrated_run(migrated, "SET SESSION group_concat_max_len = 1000000");
    viewer = (struct viewer){.kind = VIEWER_OPERATOR};
    test_several_beginnings(WORDS, 60);
    test_within(12);
    look_as_partner();
    test_several_beginnings(6, 10);
    test_within(4);
    migrated_stop(migrated);
    return test_end();
}
