/* customer_terms: the words by which a customer is found, kept when what they come from changes. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

struct arena;
struct database;
struct search_terms;

/* All words of a customer who is new, within the transaction that adds them; partner_id 0: the
 * operator's own. */
enum status customer_terms_begin(struct database *database, struct arena *arena,
                                 int64_t customer_id, int64_t partner_id,
                                 const struct search_terms *terms);

/* One more number or id, by its kind as in the table. The same as below holds. */
enum status customer_terms_add(struct database *database, struct arena *arena, int64_t customer_id,
                               int64_t partner_id, struct str text, const char *kind);

/* A service's telephone number instead of the one before, each of which may be empty. */
enum status customer_terms_telephone(struct database *database, struct arena *arena,
                                     int64_t customer_id, int64_t partner_id, struct str before,
                                     struct str after);

/* The words of the name instead of those of the one before. Within the transaction that changes the
 * customer; partner_id 0: the operator's own. */
enum status customer_terms_rename(struct database *database, struct arena *arena,
                                  int64_t customer_id, int64_t partner_id, struct str name);

/* The telephone numbers and e-mail addresses as they are now, instead of those before. The same
 * holds. */
enum status customer_terms_contact(struct database *database, struct arena *arena,
                                   int64_t customer_id, int64_t partner_id);
