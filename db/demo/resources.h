/* resources: what belongs to a generated customer's products: SIM cards, devices, mailboxes, and
 * what they identify themselves with.
 */
#pragma once

#include "base/str.h"

struct demo_customer;

enum { RESOURCES_PUK_DIGITS = 8 };

struct demo_sim {
    int product; /* position of the line */
    bool embedded;
    const char *status;             /* SimCardStatus */
    int64_t activated_on, ended_on; /* 0: none */
    uint32_t puk1, puk2;
};

/* Devices of one kind that look alike. */
struct demo_device_model {
    const char *kind; /* DeviceKind */
    const char *manufacturer, *name, *serial_prefix;
};

struct demo_device {
    int product; /* position */
    const struct demo_device_model *model;
    bool lent;                                         /* it is the operator's */
    int64_t delivered_on, returned_on, warranty_until; /* 0: none */
};

struct demo_login {
    int product; /* position */
    struct str address;
    const char *status; /* EmailLoginStatus */
    int64_t quota_bytes, created_on, changed_at;
};

struct demo_token {
    int product;               /* position */
    const char *kind, *status; /* AccessTokenKind, AccessTokenStatus */
    struct str value;
    int64_t issued_on;
};

struct demo_resources {
    int sim_count, device_count, login_count, token_count;
    struct demo_sim *sims; /* those of a line from the first to the newest */
    struct demo_device *devices;
    struct demo_login *logins;
    struct demo_token *tokens;
};

/* In the customer's arena. Contacts and holdings must be there. */
struct demo_resources *resources_make(struct demo_customer *customer);

/* Of that SIM card or device, by its position. */
struct str resources_iccid(const struct demo_customer *customer, int sim);
struct str resources_imsi(const struct demo_customer *customer, int sim);
struct str resources_serial(const struct demo_customer *customer, int device);
