/* party: who a customer proved to be, who acts for them, what they belong to and agreed to. */
#pragma once

#include "model.h"

enum {
    PARTY_IDENTIFICATIONS = 2,
    PARTY_PERSONS = 4,
    PARTY_AGREEMENTS = 6,
    PARTY_TOGETHER =
        128, /* neighbours among whom are all parts of one; a part of each writer's block */
};

struct party_identification {
    const char *kind; /* IdentificationKind */
    struct str number_end, issued_by;
    const char *country;
    int64_t valid_from, valid_until; /* 0: no end */
    int64_t verified_at;             /* 0: nobody looked at it yet */
};

struct party_person {
    const char *role; /* ContactRole */
    struct str given_name, family_name;
    struct str phone, email;         /* .at NULL: none */
    int64_t valid_from, valid_until; /* 0: no end */
};

struct party_agreement {
    const char *purpose, *channel, *state, *source;
    int64_t stated_at;
};

struct demo_party {
    int64_t parent;        /* ordinal, 0: none */
    const char *unit_kind; /* CustomerUnitKind, NULL: none */
    int identification_count, person_count, agreement_count;
    struct party_identification identifications[PARTY_IDENTIFICATIONS];
    struct party_person persons[PARTY_PERSONS];
    struct party_agreement agreements[PARTY_AGREEMENTS];
};

/* What an identification is drawn from. */
struct party_proof {
    const char *kind;
    int64_t issued, looked_at; /* days; looked_at 0: nobody did */
    int years;                 /* it is valid, 0: for ever */
};

/* After everything else of the customer: what was drawn before stays as it was. */
struct demo_party *party_make(struct demo_customer *customer);

/* Each adds one, for stories, too. */
void party_identify(struct demo_customer *customer, struct demo_party *party,
                    struct party_proof proof, const char *number_end);
struct party_person *party_add_person(struct demo_customer *customer, struct demo_party *party,
                                      const char *role, const char *given, const char *family);
struct party_agreement *party_agree(struct demo_party *party, const char *purpose,
                                    const char *channel, const char *state, int64_t stated_at);

/* A number that was the customer's once; nobody finds them by it. */
void party_add_former_number(struct demo_customer *customer, int64_t last_day);

/* Whether somebody looked at an identification, and the last day of the one that is valid the
 * longest (0: no end). */
bool party_is_verified(const struct demo_party *party, int64_t *valid_until);
