/* config: what a command is told, by options, by the environment, or not at all.
 *
 * One table in config.c names every setting with its option, its variable and its default; --help
 * prints it. An option wins over a variable, a variable over the default.
 */
#pragma once

#include "base/str.h"

struct arena;

struct config {
    const char *data;     /* the folder for everything that is kept */
    const char *share;    /* the folder with schema/, db/ and webapp/ */
    const char *schema;   /* the folder of a foreign schema; NULL: Dossier's own */
    const char *database; /* NULL: a private MariaDB in the data folder */
    const char *host;
    uint32_t port;
    uint32_t threads; /* event loops; 0: one per processor, up to eight */
    uint32_t connections;
    uint32_t database_connections; /* per event loop */
    uint32_t database_memory_mb;   /* of a private MariaDB, for pages; 0: as the machine is */
    uint32_t drain_seconds;
    uint32_t network_pace_ms; /* of the network simulator's steps */
    uint32_t demo_customers;
    const char *demo_day; /* NULL: today, or what the data has already */
    const char *status_profile; /* how HTTP statuses say what is wrong: audit or draft */
    /* Limits of one request; each is looked at before any SQL. */
    uint32_t limit_body;          /* bytes */
    uint32_t limit_json_depth;    /* of the body, variables and all */
    uint32_t limit_variables;     /* bytes of all their texts together */
    uint32_t limit_tokens;
    uint32_t limit_parse_depth;   /* brackets of all kinds inside of each other */
    uint32_t limit_directives;    /* in a document */
    uint32_t limit_depth;         /* of fields */
    uint32_t limit_aliases;
    uint32_t limit_root_fields;
    uint32_t limit_fields;        /* when all fragments are where they are spread */
    uint32_t limit_comparisons;   /* of fields with the same response name */
    uint32_t limit_fetches;       /* lists and objects that a plan asks for */
    uint32_t limit_filter;        /* conditions in all filters of a request */
    uint32_t limit_filter_depth;
    uint32_t limit_errors;        /* told in one answer */
    uint32_t slow_ms;             /* requests that take as long are logged; 0: none */
    bool no_server_timing;
    const char *search_provider;  /* URL of another system that searches, too; NULL: none */
    const char *search_provider_name;
    uint32_t search_provider_ms;  /* how long it may take */
    const char *metrics;          /* who may ask for /metrics: loopback, token or off */
    uint32_t budget_operator;     /* points that one request may cost, by who asks */
    uint32_t budget_partner;
    uint32_t budget_customer;
    uint32_t plan_cache_kib;      /* plans of ad-hoc documents, per event loop */
    /* The ways messages leave; NULL: they wait. */
    const char *mail_server;       /* smtp://host:port or smtps://host:port */
    const char *mail_from;         /* who writes: Name <address> */
    const char *mail_login;        /* a file with name and password, a line each; NULL: none */
    const char *mail_certificates; /* a file; NULL: those of the system */
    const char *sms_gateway;       /* where an SMS is posted to */
    const char *sms_key;           /* a file with the key of the gateway; NULL: none */
    const char *print_spool;       /* the folder of letters to be printed */
    const char *country;           /* where letters are posted */
    uint32_t outbox_attempts;
    uint32_t outbox_pause;         /* seconds before the second attempt */
    uint32_t outbox_timeout;       /* seconds one attempt may take */
    /* What `schema plan` tells: */
    const char *viewer;    /* whose statements: operator, partner or customer */
    const char *operation; /* NULL: all */
    const char *variables; /* JSON; NULL: none given */
    bool mermaid;
    bool demo;
    bool verbose;
    /* What is left of the command line: */
    const char *const *arguments;
    int argument_count;
};

/* False: it cannot be used; *problem says what and what would do. */
bool config_read(struct config *config, struct arena *arena, int count, char **values,
                 struct str *problem);

/* The settings, as --help shows them. */
void config_print_help(void);

/* A path below the data or the share folder. */
const char *config_data_path(const struct config *config, struct arena *arena, const char *name);
const char *config_share_path(const struct config *config, struct arena *arena, const char *name);
