/* judge: every item of an order held against every rule that is about it. */
#include "judge.h"

#include "base/arena.h"

struct judging {
    const struct feasibility_rules *rules;
    const struct feasibility_facts *facts;
    struct arena *arena;
    bool *possible; /* of the catalogue: nothing speaks against it but what it requires; NULL: yet
                       to be found out */
};

const struct feasibility_offering *feasibility_find(const struct feasibility_facts *facts,
                                                    int64_t id)
{
    uint32_t low = 0, high = facts->catalogue_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (facts->catalogue[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < facts->catalogue_count && facts->catalogue[low].id == id ? &facts->catalogue[low]
                                                                          : NULL;
}

static bool is_asked(const struct feasibility_rule *rule, const struct feasibility_item *item)
{
    return rule->ends == (item->action == FEASIBILITY_DELETE) &&
           match_holds(&rule->subject, item->offering);
}

/* ---- what would have to be added ---- */

static bool is_possible(const struct judging *judging, const struct feasibility_offering *offering)
{
    const struct feasibility_item item = {.action = FEASIBILITY_ADD,
                                          .offering = offering,
                                          .quantity = 1,
                                          .binding_until = FEASIBILITY_NO_DAY};
    const struct feasibility_order order = {.items = &item, .count = 1};
    for (uint32_t i = 0; i < judging->rules->count; i++) {
        const struct feasibility_rule *rule = &judging->rules->rules[i];
        const struct question question = {
            .rule = rule, .facts = judging->facts, .order = &order, .index = 0};
        struct feasibility_reason reason;
        if (rule->trial || rule->kind == FEASIBILITY_REQUIRES || !is_asked(rule, &item))
            continue;
        if (!kinds_met(&question, &reason) && reason.result == FEASIBILITY_UNQUALIFIED)
            return false;
    }
    return true;
}

static void find_possible(struct judging *judging)
{
    const struct feasibility_facts *facts = judging->facts;
    judging->possible = arena_array(judging->arena, bool, facts->catalogue_count + 1);
    for (uint32_t i = 0; i < facts->catalogue_count; i++)
        judging->possible[i] = is_possible(judging, &facts->catalogue[i]);
}

/* The cheapest that would do. */
static const struct feasibility_offering *find_addition(struct judging *judging,
                                                        const struct feasibility_rule *rule)
{
    const struct feasibility_facts *facts = judging->facts;
    const struct feasibility_match *match = rule->has_target ? &rule->target : &rule->subject;
    const struct feasibility_offering *cheapest = NULL;
    if (judging->possible == NULL)
        find_possible(judging);
    for (uint32_t i = 0; i < facts->catalogue_count; i++) {
        const struct feasibility_offering *offering = &facts->catalogue[i];
        if (judging->possible[i] && offering->on_sale && match_holds(match, offering) &&
            (cheapest == NULL || offering->monthly_minor < cheapest->monthly_minor))
            cheapest = offering;
    }
    return cheapest;
}

/* ---- reasons ---- */

/* What is worse comes first, what is on trial last, else as the rules come. */
static int rank(const struct feasibility_reason *reason)
{
    return reason->rule->trial ? FEASIBILITY_RESULTS
                               : FEASIBILITY_UNQUALIFIED - (int)reason->result;
}

static void insert(struct feasibility_judgement *judgement, struct feasibility_reason *reason)
{
    struct feasibility_reason **at = &judgement->reasons;
    while (*at != NULL && rank(*at) <= rank(reason))
        at = &(*at)->next;
    reason->next = *at;
    *at = reason;
    if (!reason->rule->trial && reason->result > judgement->result)
        judgement->result = reason->result;
}

static void judge_item(struct judging *judging, const struct feasibility_order *order,
                       uint32_t index, struct feasibility_judgement *judgement)
{
    for (uint32_t i = 0; i < judging->rules->count; i++) {
        const struct feasibility_rule *rule = &judging->rules->rules[i];
        const struct question question = {
            .rule = rule, .facts = judging->facts, .order = order, .index = index};
        struct feasibility_reason found;
        if (!is_asked(rule, &order->items[index]) || kinds_met(&question, &found))
            continue;
        struct feasibility_reason *reason = arena_new(judging->arena, struct feasibility_reason);
        *reason = found;
        if (reason->change == FEASIBILITY_ADD_IT) {
            reason->offering = find_addition(judging, rule);
            reason->change = reason->offering == NULL ? FEASIBILITY_NOTHING : reason->change;
        }
        insert(judgement, reason);
    }
}

struct feasibility_judgement *feasibility_judge(const struct feasibility_rules *rules,
                                                const struct feasibility_facts *facts,
                                                const struct feasibility_order *order,
                                                struct arena *arena)
{
    struct judging judging = {.rules = rules, .facts = facts, .arena = arena};
    struct feasibility_judgement *judgements =
        arena_array(arena, struct feasibility_judgement, order->count + 1);
    for (uint32_t i = 0; i < order->count; i++)
        judge_item(&judging, order, i, &judgements[i]);
    return judgements;
}

struct feasibility_judgement *feasibility_judge_catalogue(const struct feasibility_rules *rules,
                                                          const struct feasibility_facts *facts,
                                                          struct arena *arena)
{
    struct judging judging = {.rules = rules, .facts = facts, .arena = arena};
    struct feasibility_judgement *judgements =
        arena_array(arena, struct feasibility_judgement, facts->catalogue_count + 1);
    for (uint32_t i = 0; i < facts->catalogue_count; i++) {
        const struct feasibility_item item = {.action = FEASIBILITY_ADD,
                                              .offering = &facts->catalogue[i],
                                              .quantity = 1,
                                              .binding_until = FEASIBILITY_NO_DAY};
        const struct feasibility_order order = {.items = &item, .count = 1};
        judge_item(&judging, &order, 0, &judgements[i]);
    }
    return judgements;
}
