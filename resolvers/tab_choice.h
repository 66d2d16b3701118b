/* tab_choice: which releases of tabs a viewer gets, of one tab never two. */
#pragma once

#include "base/str.h"

struct account_tabs;
struct tab;
struct viewer;

enum { TAB_RELEASES = 256 };

struct tab_choice {
    bool shown[TAB_RELEASES]; /* by position in account_tabs.list */
};

/* What is released to this viewer now and opened by their rights. */
void tab_choice_make(struct tab_choice *choice, const struct account_tabs *tabs,
                     const struct viewer *viewer);

/* Their release of the tab; NULL: they have no such tab. */
const struct tab *tab_choice_find(const struct account_tabs *tabs, const struct viewer *viewer,
                                  struct str key);

/* Whether somebody who holds that many products of each kind needs the tab. */
bool tab_choice_applies(const struct tab *tab, const int64_t *held);
