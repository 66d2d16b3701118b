/* number: customer, account, order, ticket and bill numbers that people read aloud: nine digits
 * (twelve for bills) and a check digit.
 *
 * The check digit is H. M. Damm's: every single wrong digit and every swap of neighbours is
 * noticed. The first digit says what is numbered. Each kind has two halves: computed for generated
 * data, and given out by number_take() for everything else.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

enum number_kind {
    NUMBER_CUSTOMER, /* 1xxxxxxxx */
    NUMBER_ACCOUNT,  /* 5xxxxxxxx */
    NUMBER_ORDER,    /* 7xxxxxxxx */
    NUMBER_TICKET,   /* 8xxxxxxxx */
};

/* Nine digits and the tenth. */
struct str number_text(struct arena *arena, int64_t body);

/* True when the last digit of text is what the ones before it demand. */
bool number_valid(struct str text);

/* The body for the ordinal-th generated number of its kind, ordinal below NUMBER_GENERATED_LIMIT.
 * Two ordinals never give the same body, and neighbours do not look like neighbours. */
int64_t number_generated(enum number_kind kind, int64_t ordinal);

/* Of a bill: the body of its account's number, which bill of the account it is (from 1), and a
 * check digit, so that bills need no numbers of their own. */
struct str number_of_bill(struct arena *arena, int64_t account_body, int place);

enum { NUMBER_GENERATED_LIMIT = 49999991 };

/* Takes `count` bodies, one after the other from *first; inside a transaction, which keeps the row
 * locked until it ends. */
enum status number_take(struct database *database, struct arena *arena, enum number_kind kind,
                        int64_t count, int64_t *first);
