/* load: the statements that bring rules and facts, and what their rows say.
 *
 * How they are asked, with waiting or without, is the caller's: all of them at once, in any order.
 */
#pragma once

#include "base/cell.h"
#include "feasibility.h"

enum feasibility_statement {
    FEASIBILITY_OF_CUSTOMER,
    FEASIBILITY_OF_CATALOGUE,
    FEASIBILITY_OF_RULES,
    FEASIBILITY_OF_HOLDINGS,
    FEASIBILITY_OF_PLACE,
    FEASIBILITY_OF_NEIGHBOURS,
    FEASIBILITY_STATEMENTS,
};

struct feasibility_request {
    int64_t customer;
    int64_t place; /* 0: where the customer is supplied, or else to be met */
    int64_t day;   /* that it is judged for */
    bool ordering; /* within the transaction of an order: rows are locked, rules on trial count */
    const int64_t *without; /* products that the order changes or ends */
    uint32_t without_count;
    struct str row_rule; /* of customer AS t, for who asks; empty: all rows */
    struct cell scope;   /* the parameter of that rule */
};

struct feasibility_query {
    struct str sql;
    struct cell *parameters;
    uint32_t count;
};

struct feasibility_query feasibility_query(const struct feasibility_request *request,
                                           enum feasibility_statement statement,
                                           struct arena *arena);

/* False: there is no such customer, or none that the rule shows. The cells have to stay. */
bool feasibility_read(const struct feasibility_request *request,
                      const struct rows rows[FEASIBILITY_STATEMENTS],
                      struct feasibility_facts *facts, struct feasibility_rules *rules,
                      struct arena *arena);

/* One rule, whatever its state is: its columns in this order. False: of a kind nobody knows. */
#define FEASIBILITY_RULE_COLUMNS                                                                  \
    "id, code, version, kind, result, state = 'TRIAL', ends, offering_id, specification_id,\n"    \
    "    category, target_offering_id, target_specification_id, target_category, number, word,\n" \
    "    texts"
bool feasibility_read_rule(const struct cell *cells, struct feasibility_rule *rule);
