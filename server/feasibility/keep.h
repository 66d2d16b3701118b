/* keep: what was judged and what came of it as JSON, so that it can be explained a year later.
 *
 * The facts are kept whole, so that a rule that did not exist then can be asked of them, too.
 */
#pragma once

#include "feasibility.h"

struct feasibility_kept {
    struct feasibility_facts facts;
    struct feasibility_order order;
};

/* The catalogue is kept as far as the order, the holdings and the neighbours name it. */
struct str feasibility_keep_inputs(const struct feasibility_facts *facts,
                                   const struct feasibility_order *order, struct arena *arena);

/* For each item what came of it, with the reasons in English and German. */
struct str feasibility_keep_results(const struct feasibility_order *order,
                                    const struct feasibility_judgement *judgements,
                                    struct arena *arena);

/* False: it is not what feasibility_keep_inputs() wrote. */
bool feasibility_read_inputs(struct str json, struct feasibility_kept *kept, struct arena *arena);
