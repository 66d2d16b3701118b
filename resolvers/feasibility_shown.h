/* feasibility_shown: what was judged as clients see it, just now or out of what was kept. */
#pragma once

#include "feasibility/feasibility.h"
#include "run/resolver.h"

struct shown_reason {
    struct str kind, result, label, code;
    int64_t rule, version;
    struct str change;         /* FeasibilityChangeKind; .at NULL: nothing would help */
    int64_t offering, product; /* 0: none */
    int64_t date;              /* FEASIBILITY_NO_DAY: none */
};

struct shown_alternative {
    int64_t offering;
    struct str result;
};

struct shown_item {
    int64_t offering;
    struct str result;
    struct shown_reason *reasons;
    uint32_t reason_count;
    struct shown_alternative alternatives[FEASIBILITY_ALTERNATIVES];
    uint32_t alternative_count;
};

/* For the viewer's language. Alternatives only with `alone`, the judgements of the catalogue. */
void feasibility_show(const struct feasibility_facts *facts, const struct feasibility_item *item,
                      const struct feasibility_judgement *judgement,
                      const struct feasibility_judgement *alone, struct str language,
                      struct arena *arena, struct shown_item *out);

/* ---- for the table of resolvers ---- */

enum status feasibility_kept_items(struct resolve *resolve);
enum status feasibility_item_reasons(struct resolve *resolve);
enum status feasibility_item_alternatives(struct resolve *resolve);
enum status feasibility_reason_change(struct resolve *resolve);
void feasibility_item_leaf(const struct resolve *resolve, const void *object,
                           const struct field *field, struct cell *out);
void feasibility_reason_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out);
void feasibility_change_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out);
void feasibility_alternative_leaf(const struct resolve *resolve, const void *object,
                                  const struct field *field, struct cell *out);
