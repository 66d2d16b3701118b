/* load: statements for rules and facts, and how their rows are read. */
#include "load.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mariadb/calendar.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* What is there to stay; what is being ended is not. */
#define HELD "p.status IN ('CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED')"

static const char of_customer[] =
    "SELECT t.kind, t.birth_date, t.identity_verified, t.identity_valid_until, c.class,\n"
    "    EXISTS (SELECT 1 FROM billing_account AS b\n"
    "            WHERE b.customer_id = t.id AND b.payment_status = 'IN_ARREARS')\n"
    "FROM customer AS t\n"
    "LEFT JOIN credit_profile AS c ON c.customer_id = t.id\n"
    "WHERE t.id = ?";

static const char of_catalogue[] =
    "SELECT o.id, o.code, o.name, o.category, o.specification_id, s.technology,\n"
    "    o.download_mbit,\n"
    "    (SELECT MIN(m.amount_minor) FROM product_offering_price AS m\n"
    "     WHERE m.offering_id = o.id AND m.type = 'RECURRING' AND m.period = 'MONTH'),\n"
    "    o.lifecycle_status = 'ACTIVE', k.available, k.expected_on\n"
    "FROM product_offering AS o\n"
    "LEFT JOIN product_specification AS s ON s.id = o.specification_id\n"
    "LEFT JOIN product_stock AS k ON k.offering_id = o.id\n"
    "ORDER BY o.id\n"
    "LIMIT 10000";

static const char of_rules[] = "SELECT " FEASIBILITY_RULE_COLUMNS "\n"
                               "FROM feasibility_rule\n"
                               "WHERE state IN ('ACTIVE', 'TRIAL') AND valid_from <= ?\n"
                               "    AND (valid_until IS NULL OR valid_until >= ?)\n"
                               "ORDER BY code, version";

static const char of_holdings[] = "SELECT p.offering_id, COUNT(*),\n"
                                  "    MAX(CONCAT(COALESCE(p.binding_until, '0000-00-00'), p.id))\n"
                                  "FROM product AS p\n"
                                  "WHERE p.customer_id = ? AND " HELD;

static const char of_place[] = "SELECT a.id, v.technology, v.download_mbit, v.available_from\n"
                               "FROM (";
static const char of_place_end[] =
    ") AS a\n"
    "LEFT JOIN service_coverage AS v ON v.country = a.country AND v.postcode = a.postcode";

static const char of_neighbours[] = "SELECT p.offering_id, COUNT(*)\n"
                                    "FROM (";
static const char of_neighbours_end[] =
    ") AS a\n"
    "JOIN geographic_address AS b ON b.postcode = a.postcode AND b.street = a.street\n"
    "    AND b.country = a.country\n"
    "JOIN product AS p ON p.customer_id = b.customer_id AND p.place_id = b.id\n"
    "WHERE " HELD;

static const char shared_lock[] = "\nLOCK IN SHARE MODE";

/* ---- asked ---- */

struct making {
    const struct feasibility_request *request;
    struct buf sql;
    struct feasibility_query *query;
};

static void add(struct making *making, const char *sql)
{
    buf_add(&making->sql, str_of(sql));
}

static void add_cell(struct making *making, struct cell cell)
{
    making->query->parameters[making->query->count++] = cell;
}

/* Where the customer is supplied, or the address that was named if it is theirs. */
static void add_address(struct making *making)
{
    add(making,
        "SELECT id, country, postcode, street FROM geographic_address WHERE customer_id = ?");
    add_cell(making, cell_int(making->request->customer));
    if (making->request->place != 0) {
        add(making, " AND id = ?");
        add_cell(making, cell_int(making->request->place));
    }
    add(making, " ORDER BY role = 'SERVICE' DESC, role = 'CONTACT' DESC, id LIMIT 1");
}

static void add_without(struct making *making)
{
    for (uint32_t i = 0; i < making->request->without_count; i++) {
        add(making, " AND p.id <> ?");
        add_cell(making, cell_int(making->request->without[i]));
    }
    add(making, "\nGROUP BY p.offering_id\nORDER BY p.offering_id");
}

static void add_lock(struct making *making)
{
    if (making->request->ordering)
        add(making, shared_lock);
}

static void make_customer(struct making *making)
{
    add(making, of_customer);
    add_cell(making, cell_int(making->request->customer));
    if (making->request->row_rule.len > 0) {
        add(making, " AND ");
        buf_add(&making->sql, making->request->row_rule);
        add_cell(making, making->request->scope);
    }
    add_lock(making);
}

static void make_rules(struct making *making)
{
    struct cell day = {.kind = CELL_DATE, .integer = making->request->day};
    add(making, of_rules);
    add_cell(making, day);
    add_cell(making, day);
}

static void make_holdings(struct making *making)
{
    add(making, of_holdings);
    add_cell(making, cell_int(making->request->customer));
    add_without(making);
    add_lock(making);
}

static void make_neighbours(struct making *making)
{
    add(making, of_neighbours);
    add_address(making);
    add(making, of_neighbours_end);
    add_without(making);
    add_lock(making);
}

struct feasibility_query feasibility_query(const struct feasibility_request *request,
                                           enum feasibility_statement statement,
                                           struct arena *arena)
{
    struct feasibility_query query = {0};
    struct making making = {.request = request, .query = &query};
    query.parameters = arena_array(arena, struct cell, request->without_count + 4);
    buf_init(&making.sql, arena, 512);
    switch (statement) {
    case FEASIBILITY_OF_CUSTOMER:
        make_customer(&making);
        break;
    case FEASIBILITY_OF_CATALOGUE:
        add(&making, of_catalogue);
        break;
    case FEASIBILITY_OF_RULES:
        make_rules(&making);
        break;
    case FEASIBILITY_OF_HOLDINGS:
        make_holdings(&making);
        break;
    case FEASIBILITY_OF_PLACE:
        add(&making, of_place);
        add_address(&making);
        add(&making, of_place_end);
        break;
    case FEASIBILITY_OF_NEIGHBOURS:
        make_neighbours(&making);
        break;
    case FEASIBILITY_STATEMENTS:
        assert(false);
    }
    query.sql = buf_str(&making.sql);
    return query;
}

/* ---- answered ---- */

static const struct cell *row_of(const struct rows *rows, uint32_t row)
{
    return rows->cells + (size_t)row * rows->width;
}

static int64_t number_or_none(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? 0 : cell->integer;
}

static int64_t day_or_none(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? FEASIBILITY_NO_DAY : cell->integer;
}

static void read_customer(const struct cell *cells, struct feasibility_facts *facts)
{
    facts->kind = cell_str(&cells[0]);
    facts->birth_date = day_or_none(&cells[1]);
    facts->identity_verified = cells[2].integer != 0;
    facts->identity_valid_until = day_or_none(&cells[3]);
    facts->credit_class = cell_str(&cells[4]);
    facts->in_arrears = cells[5].integer != 0;
}

static void read_catalogue(const struct rows *rows, struct feasibility_facts *facts,
                           struct arena *arena)
{
    struct feasibility_offering *offerings =
        arena_array(arena, struct feasibility_offering, rows->count + 1);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = row_of(rows, i);
        offerings[i] = (struct feasibility_offering){
            .id = cells[0].integer,
            .code = cell_str(&cells[1]),
            .name = cell_str(&cells[2]),
            .category = cell_str(&cells[3]),
            .specification = number_or_none(&cells[4]),
            .technology = cell_str(&cells[5]),
            .download_mbit = number_or_none(&cells[6]),
            .monthly_minor = number_or_none(&cells[7]),
            .on_sale = cells[8].integer != 0,
            .counted = cells[9].kind != CELL_NULL,
            .available = number_or_none(&cells[9]),
            .expected_on = day_or_none(&cells[10]),
        };
    }
    facts->catalogue = offerings;
    facts->catalogue_count = rows->count;
}

bool feasibility_read_rule(const struct cell *cells, struct feasibility_rule *rule)
{
    *rule = (struct feasibility_rule){
        .id = cells[0].integer,
        .code = cell_str(&cells[1]),
        .version = cells[2].integer,
        .kind = feasibility_kind_find(cell_str(&cells[3])),
        .result = feasibility_result_find(cell_str(&cells[4])),
        .trial = cells[5].integer != 0,
        .ends = cells[6].integer != 0,
        .subject = {.offering = number_or_none(&cells[7]),
                    .specification = number_or_none(&cells[8]),
                    .category = cell_str(&cells[9])},
        .target = {.offering = number_or_none(&cells[10]),
                   .specification = number_or_none(&cells[11]),
                   .category = cell_str(&cells[12])},
        .has_target = cells[10].kind != CELL_NULL || cells[11].kind != CELL_NULL ||
                      cells[12].kind != CELL_NULL,
        .number = number_or_none(&cells[13]),
        .word = cell_str(&cells[14]),
        .texts = cell_str(&cells[15]),
    };
    return rule->kind < FEASIBILITY_KINDS && rule->result < FEASIBILITY_RESULTS;
}

static void read_rules(const struct rows *rows, bool trials, struct feasibility_rules *out,
                       struct arena *arena)
{
    struct feasibility_rule *rules = arena_array(arena, struct feasibility_rule, rows->count + 1);
    *out = (struct feasibility_rules){.rules = rules};
    for (uint32_t i = 0; i < rows->count; i++) {
        struct feasibility_rule *rule = &rules[out->count];
        bool known = feasibility_read_rule(row_of(rows, i), rule);
        assert(known); /* by the table's own constraint */
        out->count += trials || !rule->trial;
    }
}

/* The day, then the key of the product that is bound until then; no day is all noughts. */
static void read_longest(struct str text, struct feasibility_holding *holding)
{
    int year = 0;
    unsigned month = 0, day = 0;
    char digits[40] = "";
    if (text.len > 0 && text.len < sizeof(digits))
        memcpy(digits, text.at, text.len);
    holding->product = text.len > 10 ? strtoll(digits + 10, NULL, 10) : 0;
    digits[10] = '\0';
    sscanf(digits, "%d-%u-%u", &year, &month, &day);
    holding->binding_until = year == 0 ? FEASIBILITY_NO_DAY : calendar_days(year, month, day);
}

static void read_holdings(const struct rows *rows, struct feasibility_facts *facts,
                          struct arena *arena)
{
    struct feasibility_holding *holdings =
        arena_array(arena, struct feasibility_holding, rows->count + 1);
    facts->holdings = holdings;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = row_of(rows, i);
        struct feasibility_holding *holding = &holdings[facts->holding_count];
        holding->offering = feasibility_find(facts, cells[0].integer);
        holding->count = cells[1].integer;
        read_longest(cell_str(&cells[2]), holding);
        facts->holding_count += holding->offering != NULL;
    }
}

static void read_neighbours(const struct rows *rows, struct feasibility_facts *facts,
                            struct arena *arena)
{
    struct feasibility_neighbour *neighbours =
        arena_array(arena, struct feasibility_neighbour, rows->count + 1);
    facts->neighbours = neighbours;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = row_of(rows, i);
        struct feasibility_neighbour *neighbour = &neighbours[facts->neighbour_count];
        neighbour->offering = feasibility_find(facts, cells[0].integer);
        neighbour->count = cells[1].integer;
        facts->neighbour_count += neighbour->offering != NULL;
    }
}

static void read_place(const struct rows *rows, struct feasibility_facts *facts,
                       struct arena *arena)
{
    struct feasibility_coverage *coverage =
        arena_array(arena, struct feasibility_coverage, rows->count + 1);
    facts->coverage = coverage;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = row_of(rows, i);
        facts->place = cells[0].integer;
        if (cells[1].kind == CELL_NULL)
            continue; /* nothing reaches this place */
        coverage[facts->coverage_count++] = (struct feasibility_coverage){
            .technology = cell_str(&cells[1]),
            .download_mbit = cells[2].integer,
            .available_from = cells[3].integer,
        };
    }
}

bool feasibility_read(const struct feasibility_request *request,
                      const struct rows rows[FEASIBILITY_STATEMENTS],
                      struct feasibility_facts *facts, struct feasibility_rules *rules,
                      struct arena *arena)
{
    *facts = (struct feasibility_facts){.day = request->day};
    if (rows[FEASIBILITY_OF_CUSTOMER].count == 0)
        return false;
    read_customer(rows[FEASIBILITY_OF_CUSTOMER].cells, facts);
    read_catalogue(&rows[FEASIBILITY_OF_CATALOGUE], facts, arena);
    read_rules(&rows[FEASIBILITY_OF_RULES], request->ordering, rules, arena);
    read_holdings(&rows[FEASIBILITY_OF_HOLDINGS], facts, arena);
    read_place(&rows[FEASIBILITY_OF_PLACE], facts, arena);
    read_neighbours(&rows[FEASIBILITY_OF_NEIGHBOURS], facts, arena);
    return true;
}
