/* product_stand: a product with its parts, however deep they are, and the orders about them. */
#include "resolvers/product_stand.h"

#include "base/arena.h"
#include "mariadb/calendar.h"
#include "resolvers/day.h"
#include "resolvers/hindrance.h"
#include "resolvers/stand.h"

/* What has ended is no part any more, and with a hundred of them it is too many. An item that
 * leaves a product as it is keeps nobody from changing it. Left to itself MariaDB reads all
 * products and items of the customer for each part, of which a corporation has thousands. */
static const char above[] =
    "WITH RECURSIVE part (whole, customer_id, id, depth, status, ends) AS (\n"
    "    SELECT p.id, p.customer_id, p.id, 0, p.status, p.termination_date\n"
    "    FROM product AS p\n"
    "    WHERE p.id IN (";
static const char below[] =
    ")\n"
    "    UNION ALL\n"
    "    SELECT part.whole, p.customer_id, p.id, part.depth + 1, p.status, p.termination_date\n"
    "    FROM part\n"
    "    JOIN product AS p FORCE INDEX (product_by_parent)\n"
    "        ON p.customer_id = part.customer_id AND p.parent_id = part.id\n"
    "    WHERE part.depth < 100 AND p.status IN ('CREATED', 'PENDING_ACTIVE', 'ACTIVE', "
    "'SUSPENDED')\n"
    ")\n"
    "SELECT part.whole, MAX(IF(part.depth = 0, part.status, NULL)),\n"
    "    MAX(IF(part.depth = 0, part.ends, NULL)), MAX(c.status),\n"
    "    MIN(IF(part.depth = 0, o.number, NULL)), MIN(IF(part.depth > 0, o.number, NULL)),\n"
    "    MAX(part.depth > 0 AND part.status IN ('CREATED', 'PENDING_ACTIVE')),\n"
    "    COUNT(DISTINCT part.id) - 1,\n"
    "    (SELECT f.category FROM product AS w JOIN product_offering AS f ON f.id = w.offering_id\n"
    "        WHERE w.id = part.whole),\n"
    "    EXISTS (SELECT 1 FROM number_port AS n WHERE n.product_id = part.whole AND n.is_open)\n"
    "FROM part\n"
    "JOIN customer AS c ON c.id = part.customer_id\n"
    "LEFT JOIN product_order_item AS i FORCE INDEX (product_order_item_product)\n"
    "    ON i.customer_id = part.customer_id AND i.product_id = part.id AND i.action <> "
    "'NO_CHANGE'\n"
    "    AND i.state NOT IN ('REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED')\n"
    "LEFT JOIN product_order AS o ON o.customer_id = i.customer_id AND o.id = i.product_order_id\n"
    "GROUP BY part.whole";

struct str product_stand_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(arena, above, count, below);
}

/* Nobody orders anything, nothing is still to come, and they are too few to be too many parts. */
struct str product_stand_quick_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(
        arena,
        "SELECT p.id, p.status, p.termination_date, c.status, NULL, NULL, FALSE, 0,\n"
        "    f.category,\n"
        "    EXISTS (SELECT 1 FROM number_port AS n WHERE n.product_id = p.id AND n.is_open),\n"
        "    c.open_order_count > 0 OR c.active_product_count > 99\n"
        "    OR EXISTS (SELECT 1 FROM product AS s WHERE s.customer_id = p.customer_id\n"
        "        AND s.status IN ('CREATED', 'PENDING_ACTIVE'))\n"
        "FROM product AS p\n"
        "JOIN customer AS c ON c.id = p.customer_id\n"
        "JOIN product_offering AS f ON f.id = p.offering_id\n"
        "WHERE p.id IN (",
        count, ")");
}

enum { KEY, STATUS, ENDS, CUSTOMER, ORDER, PART_ORDER, PART_IS_COMING, PARTS, CATEGORY, MOVES };

static struct str text_of(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? (struct str){0} : cell_str(cell);
}

void product_stand_read(const struct cell *row, struct product_stand *out)
{
    *out = (struct product_stand){
        .status = product_status_named(cell_str(&row[STATUS])),
        .ends = row[ENDS],
        .order = text_of(&row[ORDER]),
        .part_order = text_of(&row[PART_ORDER]),
        .part_is_coming = row[PART_IS_COMING].integer != 0,
        .parts = row[PARTS].integer,
        .customer = cell_str(&row[CUSTOMER]),
        .category = cell_str(&row[CATEGORY]),
        .number_moves = row[MOVES].integer != 0,
    };
}

/* ---- what keeps it ---- */

static bool is_in_use(enum product_status status)
{
    return status == PRODUCT_ACTIVE || status == PRODUCT_SUSPENDED;
}

/* As people write it. */
static struct str day_words(const struct hindrances *out, int64_t days)
{
    int year;
    unsigned month, day;
    calendar_date(days, &year, &month, &day);
    return str_starts(out->language, STR("de"))
               ? str_printf(out->arena, "%02u.%02u.%04d", day, month, year)
               : day_text(out->arena, days);
}

void product_stand_fits(const struct product_stand *stand, enum product_change change,
                        struct hindrances *out)
{
    if (change == PRODUCT_CHANGES_PLAN && stand->status != PRODUCT_ACTIVE)
        hindrance_refuse(out, "Only what is active can change.",
                         "Nur Aktives kann gewechselt werden.");
    else if (change == PRODUCT_IS_SUSPENDED && stand->status != PRODUCT_ACTIVE)
        hindrance_refuse(out, "Only what is active can be suspended.",
                         "Nur Aktives kann gesperrt werden.");
    else if (change == PRODUCT_IS_RESUMED && stand->status != PRODUCT_SUSPENDED)
        hindrance_refuse(out, "It is not suspended.", "Es ist nicht gesperrt.");
    else if (change == PRODUCT_IS_ENDED && !is_in_use(stand->status))
        hindrance_refuse(out, "Only what is in use can be ended.",
                         "Nur was in Nutzung ist, kann gekündigt werden.");
    else if (change == PRODUCT_IS_ENDED && stand->ends.kind != CELL_NULL)
        hindrance_add(out, "NOT_ALLOWED", "It ends on {} already.", "Es endet schon am {}.",
                      day_words(out, stand->ends.integer));
}

static void check_parts(const struct product_stand *stand, struct hindrances *out)
{
    if (stand->part_order.len > 0)
        hindrance_add(out, "NOT_ALLOWED",
                      "Order {} is about a part of it: wait for that, or change it.",
                      "Bestellung {} betrifft einen Teil davon: Warten Sie darauf, oder "
                      "ändern Sie sie.",
                      stand->part_order);
    else if (stand->part_is_coming)
        hindrance_refuse(out, "A part of it is still being set up: wait for that.",
                         "Ein Teil davon wird noch eingerichtet: Warten Sie darauf.");
    if (stand->parts > PRODUCT_STAND_PARTS)
        hindrance_refuse(out, "It has more than 99 parts: end those first.",
                         "Es hat mehr als 99 Teile: Kündigen Sie erst diese.");
}

void product_stand_idle(const struct product_stand *stand, enum product_change change,
                        struct hindrances *out)
{
    if (stand->order.len > 0)
        hindrance_add(out, "NOT_ALLOWED", "Order {} is about it: wait for that, or change it.",
                      "Bestellung {} betrifft es: Warten Sie darauf, oder ändern Sie sie.",
                      stand->order);
    if (change == PRODUCT_IS_ENDED)
        check_parts(stand, out);
}
