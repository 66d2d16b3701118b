/* tab_export: the lists of a tab that can be had as files, and what is asked for to make them. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include "export/sheet.h"

struct account_tabs;
struct arena;
struct tab;
struct viewer;

/* One panel of a tab whose layout says `export`. */
struct tab_export {
    const char *panel;
    const json_t *layout; /* of the panel */
    struct str document;
    struct tab_export *next;
};

/* Finds them in the tab's layout and composes their documents. False: the fragment has not what the
 * layout wants, with the reason in *problem. */
bool tab_exports_make(struct tab_export **exports, struct arena *arena, const struct tab *tab,
                      struct str *problem);

/* The list of that panel as this viewer reads it. STATUS_NOT_FOUND: they see no such tab, or it has
 * no such list. */
enum status tab_export_find(const struct account_tabs *tabs, const struct viewer *viewer,
                            struct str tab, struct str panel, struct arena *arena,
                            struct sheet *sheet);
