/* order_draft_parts: what the files of order_draft know of each other. */
#pragma once

#include "resolvers/order_draft.h"

bool draft_is_given(const struct input *value);

/* A user error at a member of the item at `path`. */
void draft_refuse(struct draft *draft, const char *path, const char *code, const char *member,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The row that an id names, if it is this customer's; rows->count is 0 after a user error. `type`
 * is that of a global id; NULL: it is a plain one. */
enum status draft_find(struct draft *draft, const struct draft_wish *wish,
                       const struct input *value, const char *type, const char *member,
                       const char *sql, struct rows *rows);

/* What is sold: its offering and its category. */
enum status draft_take_offering(struct draft *draft, const struct draft_wish *wish,
                                struct draft_item *item);

/* What is sold for something else only is not given away. */
enum status draft_check_price(struct draft *draft, const struct draft_wish *wish,
                              const struct draft_item *item);

/* ADD, MODIFY, DELETE and NO_CHANGE. An end adds its items itself, with all parts. */
enum status draft_take_new(struct draft *draft, const struct draft_wish *wish,
                           struct draft_item *item);
enum status draft_take_change(struct draft *draft, const struct draft_wish *wish,
                              struct draft_item *item);
enum status draft_take_end(struct draft *draft, const struct draft_wish *wish,
                           struct draft_item *item);
enum status draft_take_kept(struct draft *draft, const struct draft_wish *wish,
                            struct draft_item *item);
