/* model: one generated customer with everything that belongs to it, before it becomes rows.
 *
 * Positions in the arrays become ids: ordinal × DEMO_IDS + position + 1; those of the corporation
 * that are beyond, DEMO_FURTHER_IDS + position.
 */
#pragma once

#include "base/str.h"
#include "db/product_category.h"

struct arena;
struct demo_resources;
struct demo_extras;
struct demo_party;
struct demo_usage;

enum {
    DEMO_IDS = 1000,         /* ids of each table that belong to one customer */
    DEMO_CORPORATION = 9999, /* the ordinal of the customer with more of some than there are ids */
    DEMO_FURTHER_IDS = 2000000000,
    DEMO_CONTACTS = 8,
    DEMO_ADDRESSES = 4,
    DEMO_ACCOUNTS = 7,
    DEMO_PRODUCTS = 250,
    DEMO_ORDERS = 39,
    DEMO_ITEMS = 300,
    DEMO_TICKETS = 16,
    DEMO_CLOCKS = 3, /* of each ticket */
    DEMO_ENTRIES = 500,
    DEMO_BILLS = 250,
    DEMO_LINES = 1500,
    DEMO_INTERACTIONS = 100,
    DEMO_LONG_MEMORY = 10000, /* customers after these have short lists of what is only added to */
    DEMO_NONE = -1,           /* instead of a position */
};

/* What everything follows from. */
struct demo_world {
    uint64_t seed;
    int64_t day; /* "today", days since 1970 */
};

enum demo_language { DEMO_GERMAN, DEMO_ENGLISH, DEMO_FRENCH };

struct demo_contact {
    const char *kind; /* ContactMediumKind */
    struct str value;
    bool preferred;
    int64_t verified_at;             /* 0: never */
    int64_t valid_from, valid_until; /* 0: nobody knows, no end */
};

struct demo_address {
    const char *role; /* AddressRole */
    struct str street, postcode, city;
    const char *country;
};

struct demo_account {
    bool prepaid;
    const char *payment_status; /* PaymentStatus */
    const char *payment_method; /* PaymentMethodKind */
    const char *dunning_state;  /* DunningState */
    int64_t balance_minor;
    int64_t due_minor, overdue_minor; /* of the bills */
};

struct demo_product {
    int offering;                  /* position in the catalogue */
    int parent;                    /* position, or DEMO_NONE */
    int account;                   /* position */
    const char *status;            /* ProductStatus */
    struct str service_identifier; /* .at NULL: none */
    int64_t start_date;
    int64_t binding_until, termination_date; /* 0: none */
    bool ordered;                            /* an order that set it up is among the orders */
    bool included;                           /* in the price of its parent */
};

struct demo_order {
    const char *state; /* ProductOrderState */
    const char *channel;
    int64_t ordered_at;
    int64_t requested_date, expected_date; /* 0: none */
    int64_t completed_at;                  /* 0: open */
};

struct demo_item {
    int order;    /* position */
    int position; /* in the order, from 1 */
    const char *action, *state;
    int offering;
    int product; /* position, or DEMO_NONE */
    int quantity;
    int64_t price_minor;
};

struct demo_entry {
    int account; /* position */
    const char *kind;
    int64_t amount_minor, balance_after_minor;
    int64_t effective_at;
    struct str reference; /* .at NULL: the number of the bill */
    const char *method;   /* PaymentMethodKind; NULL: no money came */
    int bill;             /* position, or DEMO_NONE */
};

struct demo_bill {
    int account; /* position */
    int place;   /* among the bills of the account, from 1 */
    int line_count;
    int64_t period_from, period_until, bill_date, due_date;
    int64_t amount_minor, tax_minor, remaining_minor;
};

struct demo_line {
    int bill;         /* position */
    int position;     /* in the bill, from 1 */
    const char *kind; /* BillLineKind */
    int product;      /* position */
    int64_t amount_minor, tax_minor;
};

struct demo_clock {
    const char *kind; /* TicketClockKind; NULL: the ticket has no such clock */
    int64_t started_at, due_at;
    int64_t stopped_at; /* 0: it runs */
};

struct demo_ticket {
    const char *type, *severity, *priority, *status;
    const char *sub_status, *assignee; /* NULL: none */
    struct str subject;
    int queue;          /* enum desk_queue */
    int product, order; /* what it is about: positions, or DEMO_NONE */
    int64_t opened_at, updated_at;
    /* 0: never */
    int64_t resolved_at, first_viewed_at, last_customer_at, last_agent_at, customer_viewed_at;
    bool escalated;
    int reopened;
    struct demo_clock clocks[DEMO_CLOCKS];
};

struct demo_article {
    int ticket;          /* position */
    bool note;           /* among those who work on it */
    const char *written; /* by whom: ArticleAuthor */
    struct str author, text;
    int64_t written_at;
};

struct demo_message {
    int64_t template; /* id */
    const char *kind, *channel, *direction, *state;
    int64_t sent_at;
    struct str subject, recipient;
    struct str inputs; /* JSON */
};

struct demo_interaction {
    const char *channel, *direction, *reason, *result;
    int agent;         /* position at the desk; DEMO_NONE: a program */
    int ticket, order; /* what it was about: positions, or DEMO_NONE */
    int64_t started_at;
    struct str note; /* .at NULL: none */
};

struct demo_customer {
    const struct demo_world *world;
    struct arena *arena;
    int64_t ordinal;        /* from 1; also the id */
    uint32_t language_rank; /* from 0, among the customers of its language; telephone numbers follow
                               from it */
    enum demo_language language;
    const char *kind, *status, *segment;
    struct str given_name, family_name, organization_name; /* .at NULL: none */
    struct str display_name, sort_name;
    int64_t birth_date; /* days since 1970; DEMO_NO_DATE: none */
    int64_t since;
    int64_t partner_id;            /* 0: none */
    int mobile_lines, fixed_lines; /* telephone numbers given out so far */
    int contact_count, address_count, account_count, product_count, order_count, item_count,
        entry_count, bill_count, line_count;
    struct demo_contact contacts[DEMO_CONTACTS];
    struct demo_address addresses[DEMO_ADDRESSES];
    struct demo_account accounts[DEMO_ACCOUNTS];
    struct demo_order orders[DEMO_ORDERS];
    struct demo_item items[DEMO_ITEMS];
    struct demo_entry entries[DEMO_ENTRIES];
    int ticket_count, article_count, article_capacity;
    struct demo_ticket tickets[DEMO_TICKETS];
    struct demo_article *articles; /* few have many */
    struct demo_bill bills[DEMO_BILLS];
    int product_capacity, line_capacity; /* given by whoever makes the customer */
    struct demo_product *products;
    struct demo_line *lines; /* of bills */
    struct demo_usage *usage;
    struct demo_resources *resources;
    struct demo_party *party;
    struct demo_extras *extras;
    struct demo_mobile *mobile;
    int message_count, message_capacity;
    struct demo_message *messages; /* few have many */
    int interaction_count;
    struct demo_interaction interactions[DEMO_INTERACTIONS]; /* the earliest first */
};

#define DEMO_NO_DATE INT64_MIN

/* Each adds one and returns it or its position; going beyond the limits above is our mistake. */
struct demo_contact *model_add_contact(struct demo_customer *customer, const char *kind,
                                       struct str value);
struct demo_address *model_add_address(struct demo_customer *customer, const char *role);

/* The position of the account of this kind, which is made when there is none. */
int model_account(struct demo_customer *customer, bool prepaid);

/* ACTIVE since start_date, bound as the offering says; with a telephone number or line of its own
 * when it is a service at the top. */
int model_add_product(struct demo_customer *customer, int offering, int parent, int64_t start_date);

int model_add_order(struct demo_customer *customer, const char *state, const char *channel,
                    int64_t ordered_at);

/* The next item of the newest order; `product` or DEMO_NONE. */
struct demo_item *model_add_item(struct demo_customer *customer, const char *action, int offering,
                                 int product);

/* After all others of the account, about no bill; sets its balance. */
struct demo_entry *model_add_entry(struct demo_customer *customer, int account, const char *kind,
                                   int64_t amount_minor, int64_t effective_at);

/* The next ticket, with a position of its own; nothing is known of it but that it came. */
struct demo_ticket *model_add_ticket(struct demo_customer *customer, struct str subject,
                                     int64_t opened_at);

/* About the newest ticket, which remembers when who wrote last. */
struct demo_article *model_add_article(struct demo_customer *customer, const char *written,
                                       struct str author, struct str text, int64_t written_at);

/* The same among those who work on it: the customer was not written to. */
void model_add_note(struct demo_customer *customer, struct str author, struct str text,
                    int64_t written_at);

bool model_ticket_is_open(const struct demo_ticket *ticket);
int model_open_tickets(const struct demo_customer *customer);

/* Nothing is known of it yet; valid until the next one. */
struct demo_message *model_add_message(struct demo_customer *customer);

/* Known, but has ordered nothing. */
bool model_is_prospect(const struct demo_customer *customer);

int model_open_orders(const struct demo_customer *customer);
int model_active_products(const struct demo_customer *customer);

/* Products of the kind that are in use, barred, or about to end. */
int model_held(const struct demo_customer *customer, enum product_category category);
