/* extras: discount groups and characteristics: those that the operator has, and a customer's. */
#pragma once

#include "base/status.h"
#include "model.h"

struct arena;
struct database;

enum extras_group {
    EXTRAS_EMPLOYEE = 1,
    EXTRAS_STUDENT,
    EXTRAS_SENIOR,
    EXTRAS_DISABILITY,
    EXTRAS_ASSOCIATION,
    EXTRAS_SEVERAL_SITES,
    EXTRAS_TEN_YEARS,
    EXTRAS_GROUPS = EXTRAS_TEN_YEARS,
};

enum extras_specification {
    EXTRAS_LOYALTY_CARD = 1,
    EXTRAS_PREFERRED_SHOP,
    EXTRAS_PAPERLESS_SINCE,
    EXTRAS_ACCESSIBLE_FORMAT,
    EXTRAS_EMPLOYEES,
    EXTRAS_COST_CENTRE,
    EXTRAS_TAX_EXEMPT,
    EXTRAS_AGREED_SPEND,
    EXTRAS_SPECIFICATIONS = EXTRAS_AGREED_SPEND,
};

enum { EXTRAS_MEMBERSHIPS = 3, EXTRAS_VALUES = 4 };

/* A product whose part of the bill goes elsewhere, and so that of its parts. */
struct extras_elsewhere {
    int product, address; /* positions, or DEMO_NONE */
};

struct extras_membership {
    enum extras_group group;
    int64_t valid_from, valid_until; /* 0: no end */
};

struct extras_value {
    enum extras_specification specification;
    struct str value;
};

struct demo_extras {
    int membership_count, value_count;
    struct extras_membership memberships[EXTRAS_MEMBERSHIPS];
    struct extras_value values[EXTRAS_VALUES];
    int billing_address; /* position, or DEMO_NONE */
    struct extras_elsewhere elsewhere;
};

/* After the customer's party. */
struct demo_extras *extras_make(struct demo_customer *customer);

/* Where the part of the bill of a product goes: a position, or DEMO_NONE. */
int extras_billing_address(const struct demo_customer *customer, int product);

/* What all customers have in common; there or not, in a database that was begun before. */
enum status extras_store(struct database *database, struct arena *arena);
enum status extras_are_there(struct database *database, struct arena *arena, bool *there);

struct extras_rows;

struct extras_rows *extras_rows_create(struct arena *arena);
void extras_rows_add(struct extras_rows *rows, const struct demo_customer *customer);

/* The customers are there. */
enum status extras_rows_send(struct extras_rows *rows, struct database *database);
