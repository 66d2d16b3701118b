/* search_terms: the words by which one customer is found, for customer_search_term. */
#pragma once

#include "base/map.h"

struct arena;

/* Longest term, in bytes; longer ones are cut. */
enum { SEARCH_TERM_LIMIT = 100 };

struct search_term {
    struct str term;
    const char *kind; /* as in the table: NAME, PHONE, EMAIL, CUSTOMER, ACCOUNT, ORDER, TICKET,
                         SERVICE, EXTERNAL, SIM, DEVICE */
};

struct search_terms {
    struct arena *arena;
    struct search_term *items;
    uint32_t count, capacity;
    struct map of_term; /* what is among the items */
};

void search_terms_init(struct search_terms *terms, struct arena *arena);

/* Every word of a name, with and without what Germans and the Irish do to it. */
void search_terms_add_name(struct search_terms *terms, struct str name);

/* An E.164 number, as digits with the country code and as it is dialled within the country. */
void search_terms_add_telephone(struct search_terms *terms, struct str e164, const char *kind);

/* Anything that is looked for as a whole: numbers, e-mail addresses, external ids. */
void search_terms_add_whole(struct search_terms *terms, struct str text, const char *kind);
