/* mobile: what was done to a generated customer's mobile lines, and what lies in stock beside them.
 */
#pragma once

#include "base/str.h"

struct demo_customer;

struct demo_bar {
    int product;      /* position of the line */
    const char *kind; /* LineBarKind */
    const char *reason;
    int64_t barred_at;
};

struct demo_port {
    int product;           /* position of the line */
    const char *direction; /* PortDirection */
    const char *status;    /* NumberPortStatus */
    struct str number;
    const char *other_operator, *reason; /* reason NULL: none */
    int64_t wanted_on, requested_at, changed_at;
};

struct demo_mobile {
    int bar_count, port_count;
    struct demo_bar *bars;
    struct demo_port *ports;
    struct str free_number; /* .at NULL: none; nobody's, and only by its slot this customer's */
    int64_t free_from;
    bool spare, spare_embedded; /* a SIM card in stock */
    uint32_t spare_puk1, spare_puk2;
};

/* In the customer's arena. All else must be there. */
struct demo_mobile *mobile_make(struct demo_customer *customer);
