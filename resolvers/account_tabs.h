/* account_tabs: the released tabs, and the account documents composed of them. */
#pragma once

#include "base/str.h"
#include <jansson.h>
#include <pthread.h>

struct engine;
struct tab_export;

struct tab {
    struct str key;
    uint32_t version;
    struct str icon;
    struct str fragment;        /* GraphQL */
    struct str layout;          /* JSON */
    json_t *title;              /* language → text */
    json_t *variables;          /* name → {type, default} */
    uint64_t needs;             /* the right that shows it */
    struct str document;        /* sha256:… of the account with this tab alone */
    struct tab_export *exports; /* its lists that can be had as files */
};

/* The account as viewers of these tabs see it. */
struct account_document {
    uint64_t shown; /* bit i: tab i of the list */
    struct str id;  /* sha256:…; empty when it could not be made */
    struct account_document *next;
};

struct account_tabs {
    struct arena *arena;
    struct tab *list; /* in order of the screen */
    uint32_t count;
    struct str *right_names; /* by bit: orders:read; .at NULL: no such right */
    struct engine *engine;
    pthread_mutex_t lock;               /* of documents */
    struct account_document *documents; /* one for each set of tabs that was asked for */
};

/* The trusted document with the tabs that these rights show. Empty: it cannot be made, see the log.
 */
struct str account_document(struct account_tabs *tabs, uint64_t rights);

/* The title in that language, its base language, or English. */
struct str tab_title(const struct tab *tab, struct str language);
