/* alternatives: what could be had instead of what cannot. */
#include "feasibility.h"

static int64_t distance(const struct feasibility_offering *a, const struct feasibility_offering *b)
{
    int64_t difference = a->monthly_minor - b->monthly_minor;
    return difference < 0 ? -difference : difference;
}

/* What is feasible as it is goes before what needs something else as well. */
static bool is_better(const struct feasibility_judgement *alone,
                      const struct feasibility_offering *catalogue,
                      const struct feasibility_offering *wanted,
                      const struct feasibility_offering *a, const struct feasibility_offering *b)
{
    enum feasibility_result of_a = alone[a - catalogue].result, of_b = alone[b - catalogue].result;
    if (of_a != of_b)
        return of_a < of_b;
    return distance(a, wanted) < distance(b, wanted);
}

uint32_t feasibility_alternatives(const struct feasibility_facts *facts,
                                  const struct feasibility_judgement *alone,
                                  const struct feasibility_offering *instead_of,
                                  const struct feasibility_offering **out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < facts->catalogue_count; i++) {
        const struct feasibility_offering *offering = &facts->catalogue[i];
        if (offering->id == instead_of->id || !offering->on_sale ||
            alone[i].result == FEASIBILITY_UNQUALIFIED ||
            !str_equal(offering->category, instead_of->category))
            continue;
        uint32_t place = count < FEASIBILITY_ALTERNATIVES ? count++ : FEASIBILITY_ALTERNATIVES;
        while (place > 0 &&
               is_better(alone, facts->catalogue, instead_of, offering, out[place - 1])) {
            if (place < FEASIBILITY_ALTERNATIVES)
                out[place] = out[place - 1];
            place--;
        }
        if (place < FEASIBILITY_ALTERNATIVES)
            out[place] = offering;
    }
    return count;
}
