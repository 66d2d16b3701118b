/* tab_action: what can be done from a tab, and the documents that do it. */
#pragma once

#include "run/resolver.h"

struct arena;
struct engine;
struct tab;

/* One of the `actions` of a tab's layout. */
struct tab_action {
    struct str key;
    struct str mutation;
    struct str input;    /* the name of a type */
    struct str document; /* sha256:… that does it */
    struct str choices; /* sha256:… that asks for what can be chosen in its form; empty: nothing */
    uint64_t needs;     /* the rights that both of them take */
    struct tab_action *next;
};

/* Finds them in the tab's layout, in its order, and has their documents trusted. False: one does
 * not fit the schema, with the reason in *problem. */
bool tab_actions_publish(struct tab_action **actions, struct arena *arena, const struct tab *tab,
                         struct engine *engine, struct str *problem);

enum status tab_action_of_tab(struct resolve *resolve);
void tab_action_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                     struct cell *out);
