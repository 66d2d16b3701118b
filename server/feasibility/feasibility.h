/* feasibility: what a customer can have, and why not: rules held against facts.
 *
 * Rules are rows (feasibility_rule) and facts are what is known of the catalogue, the customer and
 * the place; both are read before anything is judged (load.h), so judging asks nobody. The same
 * facts and rules always give the same answer, a year later, too: facts can be kept as JSON
 * (keep.h). All memory is the caller's arena's.
 */
#pragma once

#include "base/str.h"

struct arena;

/* Instead of a day: it is not known, or there is none. */
#define FEASIBILITY_NO_DAY INT64_MIN

/* What a rule looks at. */
enum feasibility_kind {
    FEASIBILITY_ON_SALE,       /* the offering can be bought at all */
    FEASIBILITY_CUSTOMER_KIND, /* word: kinds of customer, by commas */
    FEASIBILITY_MINIMUM_AGE,   /* number: years; of persons */
    FEASIBILITY_MAXIMUM_AGE,   /* number: years */
    FEASIBILITY_IDENTITY,      /* somebody looked at an identification that is still valid */
    FEASIBILITY_CREDIT_CLASS,  /* word: the worst class that will do, A to E */
    FEASIBILITY_ARREARS,       /* no account is in arrears */
    FEASIBILITY_TECHNOLOGY, /* word, or the offering's own: it is there at the place, fast enough */
    FEASIBILITY_REQUIRES,   /* the target is held or ordered with it */
    FEASIBILITY_EXCLUDES,   /* the target is neither held nor ordered with it */
    FEASIBILITY_REPLACES,   /* the target is not held any more */
    FEASIBILITY_BINDING,    /* the target, or the product itself, is not bound any more */
    FEASIBILITY_LINES,      /* number: of the target, or of the subject, at most, all together */
    FEASIBILITY_HOUSEHOLD,  /* number: the same, of everybody at the place */
    FEASIBILITY_STOCK,      /* as many as are ordered are there */
    FEASIBILITY_KINDS,
};

/* From the best to the worst. */
enum feasibility_result {
    FEASIBILITY_QUALIFIED,
    FEASIBILITY_CONDITIONAL, /* something has to be done as well */
    FEASIBILITY_UNQUALIFIED,
    FEASIBILITY_RESULTS,
};

enum feasibility_action {
    FEASIBILITY_ADD,
    FEASIBILITY_MODIFY,
    FEASIBILITY_DELETE,
    FEASIBILITY_ACTIONS,
};

/* The smallest thing that would make it feasible. */
enum feasibility_change {
    FEASIBILITY_NOTHING,    /* there is none */
    FEASIBILITY_ADD_IT,     /* order the offering as well */
    FEASIBILITY_LEAVE_OUT,  /* do not order the offering with it */
    FEASIBILITY_END,        /* end the product */
    FEASIBILITY_WAIT,       /* until the day */
    FEASIBILITY_FEWER,      /* order fewer */
    FEASIBILITY_PLACE,      /* say where */
    FEASIBILITY_BIRTH_DATE, /* say when the customer was born */
    FEASIBILITY_IDENTIFY,   /* look at an identification */
    FEASIBILITY_CHECK,      /* have the credit checked */
    FEASIBILITY_PAY,        /* what is owed */
    FEASIBILITY_CHANGES,
};

/* Why a rule is not met: each is said in words of its own. */
enum feasibility_case {
    FEASIBILITY_REFUSED,
    FEASIBILITY_UNKNOWN, /* what the rule looks at is not known */
    FEASIBILITY_LATER,   /* it will be, from a day on */
    FEASIBILITY_SLOWER,  /* it is there, but not fast enough */
    FEASIBILITY_NONE,    /* there is none at all */
    FEASIBILITY_CASES,
};

/* ---- facts ---- */

struct feasibility_offering {
    int64_t id;
    struct str code, name, category;
    int64_t specification; /* 0: none */
    struct str technology; /* empty: it is no line */
    int64_t download_mbit; /* 0: it is no line */
    int64_t monthly_minor; /* 0: nothing */
    bool on_sale;
    bool counted;        /* there is a stock of it */
    int64_t available;   /* in stock */
    int64_t expected_on; /* when more come */
};

/* What the customer has, by offering, without what the order ends or changes. */
struct feasibility_holding {
    const struct feasibility_offering *offering;
    int64_t count;
    int64_t product;       /* one of them: that which is bound the longest */
    int64_t binding_until; /* its last day */
};

/* What everybody at the place has; with the customer's own, without what the order ends. */
struct feasibility_neighbour {
    const struct feasibility_offering *offering;
    int64_t count;
};

struct feasibility_coverage {
    struct str technology;
    int64_t download_mbit; /* at most */
    int64_t available_from;
};

struct feasibility_item {
    enum feasibility_action action;
    const struct feasibility_offering *offering;
    int64_t quantity;
    int64_t product;       /* that is changed or ended; 0: none */
    int64_t binding_until; /* of that product */
};

struct feasibility_facts {
    int64_t day;     /* that it is judged for */
    struct str kind; /* of customer */
    int64_t birth_date;
    bool identity_verified;
    int64_t identity_valid_until; /* FEASIBILITY_NO_DAY: there is no end */
    struct str credit_class;      /* empty: nobody checked */
    bool in_arrears;
    int64_t place; /* of the address; 0: none is known */
    const struct feasibility_coverage *coverage;
    uint32_t coverage_count;
    const struct feasibility_holding *holdings;
    uint32_t holding_count;
    const struct feasibility_neighbour *neighbours;
    uint32_t neighbour_count;
    struct feasibility_offering *catalogue; /* by id */
    uint32_t catalogue_count;
};

/* NULL: there is none. */
const struct feasibility_offering *feasibility_find(const struct feasibility_facts *facts,
                                                    int64_t id);

/* ---- rules ---- */

/* Offerings: one, those of a specification, those of some categories, or with nothing said all. */
struct feasibility_match {
    int64_t offering, specification; /* 0: not said */
    struct str category;             /* some by commas; empty: not said */
};

struct feasibility_rule {
    int64_t id;
    int64_t version;
    struct str code;
    enum feasibility_kind kind;
    enum feasibility_result result; /* when it is not met */
    bool trial;                     /* looked at, but nothing follows from it */
    bool ends;                      /* asked of what is ended; else of what is set up or changed */
    struct feasibility_match subject, target;
    bool has_target;
    int64_t number;
    struct str word;
    struct str texts; /* JSON: by language, by case */
};

struct feasibility_rules {
    const struct feasibility_rule *rules;
    uint32_t count;
};

/* ---- what comes of it ---- */

struct feasibility_reason {
    const struct feasibility_rule *rule;
    enum feasibility_result result;
    enum feasibility_case why;
    int64_t number;                              /* what there is: years, pieces, megabits */
    enum feasibility_change change;              /* what would help */
    const struct feasibility_offering *offering; /* that it is about; NULL: none */
    int64_t product;                             /* that it is about; 0: none */
    int64_t date;                                /* from when on; FEASIBILITY_NO_DAY: none */
    struct feasibility_reason *next;
};

struct feasibility_judgement {
    enum feasibility_result result;
    struct feasibility_reason *reasons; /* the worst first; those on trial last */
};

struct feasibility_order {
    const struct feasibility_item *items;
    uint32_t count;
    bool final; /* it is to be carried out: what is not known does not do */
};

/* One for each item: as parts of one order. */
struct feasibility_judgement *feasibility_judge(const struct feasibility_rules *rules,
                                                const struct feasibility_facts *facts,
                                                const struct feasibility_order *order,
                                                struct arena *arena);

enum { FEASIBILITY_ALTERNATIVES = 3 };

/* What could be had instead: feasible offerings of the same category, those nearest in price first;
 * how many of FEASIBILITY_ALTERNATIVES there are. `alone` are judgements of the whole catalogue,
 * each offering for itself (feasibility_judge_catalogue). */
uint32_t feasibility_alternatives(const struct feasibility_facts *facts,
                                  const struct feasibility_judgement *alone,
                                  const struct feasibility_offering *instead_of,
                                  const struct feasibility_offering **out);
struct feasibility_judgement *feasibility_judge_catalogue(const struct feasibility_rules *rules,
                                                          const struct feasibility_facts *facts,
                                                          struct arena *arena);

/* The reason in words, in that language or else in English. */
struct str feasibility_words(const struct feasibility_item *item,
                             const struct feasibility_reason *reason, struct str language,
                             struct arena *arena);

/* Names as the schema has them. */
const char *feasibility_kind_name(enum feasibility_kind kind);
const char *feasibility_result_name(enum feasibility_result result);
const char *feasibility_action_name(enum feasibility_action action);
const char *feasibility_change_name(enum feasibility_change change); /* NULL: nothing */
const char *feasibility_case_name(enum feasibility_case why);
enum feasibility_kind feasibility_kind_find(struct str name); /* FEASIBILITY_KINDS: unknown */
enum feasibility_result feasibility_result_find(struct str name);
enum feasibility_action feasibility_action_find(struct str name);
