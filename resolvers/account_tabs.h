/* account_tabs: the released tabs, and the account documents composed of them. */
#pragma once

#include "base/cell.h"
#include "resolvers/tab_choice.h"
#include <jansson.h>
#include <pthread.h>

struct engine;
struct tab_action;
struct tab_export;
struct viewer;

/* Whom a version of a tab is released to; the later ones go before the others. */
enum tab_audience { AUDIENCE_EVERYONE, AUDIENCE_PARTNER, AUDIENCE_ROLE };

/* One release of one version. */
struct tab {
    struct str key;
    uint32_t version;
    struct str icon;
    struct str fragment; /* GraphQL */
    struct str layout;   /* JSON */
    json_t *title;       /* language → text */
    json_t *variables;   /* name → {type, default} */
    uint64_t needs;      /* the right that shows it */
    uint32_t only_for;   /* bits by enum product_category; 0: for everybody */
    struct cell_list only_for_names;
    struct tab_export *exports; /* its lists that can be had as files */
    struct tab_action *actions; /* what can be done from it */
    enum tab_audience audience;
    struct str whose;          /* the role's id between commas, or the partner's path */
    int64_t from_us, until_us; /* microseconds since 1970 */
};

/* The account as viewers of these tabs with these rights see it. */
struct account_document {
    struct tab_choice choice;
    uint64_t rights; /* of account_tabs.rights */
    struct str id;   /* sha256:…; empty when it could not be made */
    struct account_document *next;
};

struct account_tabs {
    struct arena *arena;
    struct tab *list; /* in order of the screen */
    uint32_t count;
    struct str *right_names; /* by bit: orders:read; .at NULL: no such right */
    uint64_t rights;         /* all that something in a tab needs */
    struct engine *engine;
    pthread_mutex_t lock;               /* of documents */
    struct account_document *documents; /* one for each that was asked for */
};

/* The trusted document with the tabs that are for this viewer. Empty: it cannot be made, see the
 * log. */
struct str account_document(struct account_tabs *tabs, const struct viewer *viewer);

/* The same with this tab alone. */
struct str account_tab_document(struct account_tabs *tabs, const struct tab *tab,
                                const struct viewer *viewer);

/* The title in that language, its base language, or English. */
struct str tab_title(const struct tab *tab, struct str language);
