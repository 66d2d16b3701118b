/* judge: what the judge and the kinds of rules know of each other; for this folder alone. */
#pragma once

#include "feasibility.h"

/* One rule asked of one item of one order. */
struct question {
    const struct feasibility_rule *rule;
    const struct feasibility_facts *facts;
    const struct feasibility_order *order;
    uint32_t index; /* of the item */
};

static inline const struct feasibility_item *question_item(const struct question *question)
{
    return &question->order->items[question->index];
}

/* Whether the rule is met. Where it is not, the reason is filled, which before says that the rule
 * refuses and that nothing would help. FEASIBILITY_ADD_IT comes without the offering to add. */
bool kinds_met(const struct question *question, struct feasibility_reason *reason);

bool match_holds(const struct feasibility_match *match,
                 const struct feasibility_offering *offering);
