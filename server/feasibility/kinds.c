/* kinds: what each kind of rule asks, and what would help where it is not met. */
#include "judge.h"

#include "mariadb/calendar.h"

/* A word is one of those between commas. */
static bool among(struct str words, struct str word)
{
    while (words.len > 0) {
        const char *comma = memchr(words.at, ',', words.len);
        size_t len = comma == NULL ? words.len : (size_t)(comma - words.at);
        if (str_equal((struct str){.at = words.at, .len = len}, word))
            return true;
        len += comma != NULL;
        words = (struct str){.at = words.at + len, .len = words.len - len};
    }
    return false;
}

bool match_holds(const struct feasibility_match *match, const struct feasibility_offering *offering)
{
    return (match->offering == 0 || match->offering == offering->id) &&
           (match->specification == 0 || match->specification == offering->specification) &&
           (match->category.len == 0 || among(match->category, offering->category));
}

/* What the rule counts or looks for. */
static const struct feasibility_match *sought(const struct question *question)
{
    const struct feasibility_rule *rule = question->rule;
    return rule->has_target ? &rule->target : &rule->subject;
}

static bool sets_up(const struct feasibility_item *item)
{
    return item->action != FEASIBILITY_DELETE;
}

/* What is not known may still turn out well, unless it is to be carried out now. */
static bool unknown(const struct question *question, struct feasibility_reason *reason,
                    enum feasibility_change change)
{
    reason->why = FEASIBILITY_UNKNOWN;
    reason->change = change;
    if (!question->order->final && reason->result == FEASIBILITY_UNQUALIFIED)
        reason->result = FEASIBILITY_CONDITIONAL;
    return false;
}

static bool refused(struct feasibility_reason *reason, enum feasibility_change change)
{
    reason->change = change;
    return false;
}

static bool refused_until(struct feasibility_reason *reason, int64_t day)
{
    reason->date = day;
    return refused(reason, FEASIBILITY_WAIT);
}

/* ---- the offering and the customer ---- */

static bool on_sale(const struct question *question, struct feasibility_reason *reason)
{
    return question_item(question)->offering->on_sale || refused(reason, FEASIBILITY_NOTHING);
}

static bool customer_kind(const struct question *question, struct feasibility_reason *reason)
{
    return among(question->rule->word, question->facts->kind) ||
           refused(reason, FEASIBILITY_NOTHING);
}

/* Born on February 29 one is a year older on March 1 of a year without it. */
static int64_t birthday(int64_t birth_date, int64_t years)
{
    int year;
    unsigned month, day;
    calendar_date(birth_date, &year, &month, &day);
    year += (int)years;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && day == 29 && !leap ? calendar_days(year, 3, 1)
                                            : calendar_days(year, month, day);
}

static int64_t age(const struct feasibility_facts *facts)
{
    int born, now;
    unsigned month, day;
    calendar_date(facts->birth_date, &born, &month, &day);
    calendar_date(facts->day, &now, &month, &day);
    int64_t years = now - born;
    if (birthday(facts->birth_date, years) > facts->day)
        years--;
    return years < 0 ? 0 : years; /* who is not born yet is nought */
}

static bool is_person(const struct feasibility_facts *facts)
{
    return str_is(facts->kind, "RESIDENTIAL");
}

static bool minimum_age(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    if (!is_person(facts))
        return true;
    if (facts->birth_date == FEASIBILITY_NO_DAY)
        return unknown(question, reason, FEASIBILITY_BIRTH_DATE);
    int64_t old_enough = birthday(facts->birth_date, question->rule->number);
    if (old_enough <= facts->day)
        return true;
    reason->number = age(facts);
    return refused_until(reason, old_enough);
}

static bool maximum_age(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    if (!is_person(facts))
        return true;
    if (facts->birth_date == FEASIBILITY_NO_DAY)
        return unknown(question, reason, FEASIBILITY_BIRTH_DATE);
    if (birthday(facts->birth_date, question->rule->number + 1) > facts->day)
        return true;
    reason->number = age(facts);
    return refused(reason, FEASIBILITY_NOTHING);
}

static bool identity(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    bool ended = facts->identity_valid_until != FEASIBILITY_NO_DAY &&
                 facts->identity_valid_until < facts->day;
    return (facts->identity_verified && !ended) || refused(reason, FEASIBILITY_IDENTIFY);
}

static bool credit_class(const struct question *question, struct feasibility_reason *reason)
{
    struct str class = question->facts->credit_class;
    if (class.len == 0)
        return unknown(question, reason, FEASIBILITY_CHECK);
    return str_compare(class, question->rule->word) <= 0 || refused(reason, FEASIBILITY_NOTHING);
}

static bool arrears(const struct question *question, struct feasibility_reason *reason)
{
    return !question->facts->in_arrears || refused(reason, FEASIBILITY_PAY);
}

/* ---- the place ---- */

static const struct feasibility_coverage *find_coverage(const struct feasibility_facts *facts,
                                                        struct str technology)
{
    for (uint32_t i = 0; i < facts->coverage_count; i++) {
        if (str_equal(facts->coverage[i].technology, technology))
            return &facts->coverage[i];
    }
    return NULL;
}

static bool technology(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    const struct feasibility_offering *offering = question_item(question)->offering;
    struct str wanted = question->rule->word.len > 0 ? question->rule->word : offering->technology;
    if (wanted.len == 0)
        return true;
    if (facts->place == 0)
        return unknown(question, reason, FEASIBILITY_PLACE);
    const struct feasibility_coverage *coverage = find_coverage(facts, wanted);
    if (coverage == NULL)
        return refused(reason, FEASIBILITY_PLACE);
    if (coverage->download_mbit < offering->download_mbit) {
        reason->why = FEASIBILITY_SLOWER;
        reason->number = coverage->download_mbit;
        return refused(reason, FEASIBILITY_PLACE);
    }
    if (coverage->available_from <= facts->day)
        return true;
    reason->why = FEASIBILITY_LATER;
    if (reason->result == FEASIBILITY_UNQUALIFIED)
        reason->result = FEASIBILITY_CONDITIONAL; /* it can be ordered before it is there */
    return refused_until(reason, coverage->available_from);
}

/* ---- what there is besides ---- */

static const struct feasibility_holding *find_holding(const struct feasibility_facts *facts,
                                                      const struct feasibility_match *match)
{
    for (uint32_t i = 0; i < facts->holding_count; i++) {
        const struct feasibility_holding *holding = &facts->holdings[i];
        if (holding->count > 0 && match_holds(match, holding->offering))
            return holding;
    }
    return NULL;
}

/* Another item that sets up what matches. */
static const struct feasibility_item *find_other(const struct question *question,
                                                 const struct feasibility_match *match)
{
    for (uint32_t i = 0; i < question->order->count; i++) {
        const struct feasibility_item *item = &question->order->items[i];
        if (i != question->index && sets_up(item) && match_holds(match, item->offering))
            return item;
    }
    return NULL;
}

static bool is_free(const struct feasibility_holding *holding, int64_t day)
{
    return holding->binding_until == FEASIBILITY_NO_DAY || holding->binding_until < day;
}

/* Ending it is what helps; on the day from which it can be ended. */
static bool refused_for_holding(const struct question *question, struct feasibility_reason *reason,
                                const struct feasibility_holding *holding)
{
    reason->offering = holding->offering;
    reason->product = holding->product;
    if (!is_free(holding, question->facts->day))
        reason->date = holding->binding_until + 1;
    return refused(reason, FEASIBILITY_END);
}

static bool requires(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_match *match = sought(question);
    return find_holding(question->facts, match) != NULL || find_other(question, match) != NULL ||
           refused(reason, FEASIBILITY_ADD_IT);
}

static bool excludes(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_match *match = sought(question);
    const struct feasibility_holding *holding = find_holding(question->facts, match);
    if (holding != NULL)
        return refused_for_holding(question, reason, holding);
    const struct feasibility_item *other = find_other(question, match);
    if (other == NULL)
        return true;
    reason->offering = other->offering;
    return refused(reason, FEASIBILITY_LEAVE_OUT);
}

static bool replaces(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_holding *holding = find_holding(question->facts, sought(question));
    return holding == NULL || refused_for_holding(question, reason, holding);
}

static bool binding(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    const struct feasibility_item *item = question_item(question);
    int64_t until = question->rule->has_target ? FEASIBILITY_NO_DAY : item->binding_until;
    reason->product = item->product;
    for (uint32_t i = 0; i < facts->holding_count && question->rule->has_target; i++) {
        const struct feasibility_holding *holding = &facts->holdings[i];
        if (holding->binding_until <= until ||
            !match_holds(&question->rule->target, holding->offering))
            continue;
        until = holding->binding_until;
        reason->offering = holding->offering;
        reason->product = holding->product;
    }
    if (until == FEASIBILITY_NO_DAY || until < facts->day)
        return true;
    return refused_until(reason, until + 1); /* on its last day it is still bound */
}

static int64_t ordered(const struct question *question, const struct feasibility_match *match)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < question->order->count; i++) {
        const struct feasibility_item *item = &question->order->items[i];
        if (sets_up(item) && match_holds(match, item->offering))
            count += item->quantity;
    }
    return count;
}

static bool lines(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    const struct feasibility_match *match = sought(question);
    for (uint32_t i = 0; i < facts->holding_count; i++) {
        if (match_holds(match, facts->holdings[i].offering))
            reason->number += facts->holdings[i].count;
    }
    if (reason->number + ordered(question, match) <= question->rule->number)
        return true;
    if (reason->number < question->rule->number)
        return refused(reason, FEASIBILITY_FEWER);
    const struct feasibility_holding *holding = find_holding(facts, match);
    return holding == NULL ? refused(reason, FEASIBILITY_NOTHING)
                           : refused_for_holding(question, reason, holding);
}

static bool household(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_facts *facts = question->facts;
    const struct feasibility_match *match = sought(question);
    if (facts->place == 0)
        return unknown(question, reason, FEASIBILITY_PLACE);
    for (uint32_t i = 0; i < facts->neighbour_count; i++) {
        if (match_holds(match, facts->neighbours[i].offering))
            reason->number += facts->neighbours[i].count;
    }
    if (reason->number + ordered(question, match) <= question->rule->number)
        return true;
    return refused(reason, reason->number < question->rule->number ? FEASIBILITY_FEWER
                                                                   : FEASIBILITY_NOTHING);
}

static bool stock(const struct question *question, struct feasibility_reason *reason)
{
    const struct feasibility_offering *offering = question_item(question)->offering;
    const struct feasibility_match same = {.offering = offering->id};
    if (!offering->counted || offering->available >= ordered(question, &same))
        return true;
    reason->number = offering->available;
    if (offering->available > 0)
        return refused(reason, FEASIBILITY_FEWER);
    reason->why = FEASIBILITY_NONE;
    if (offering->expected_on != FEASIBILITY_NO_DAY && offering->expected_on > question->facts->day)
        return refused_until(reason, offering->expected_on);
    return refused(reason, FEASIBILITY_NOTHING);
}

/* ---- all of them ---- */

typedef bool rule_function(const struct question *question, struct feasibility_reason *reason);

static rule_function *const functions[FEASIBILITY_KINDS] = {
    [FEASIBILITY_ON_SALE] = on_sale,
    [FEASIBILITY_CUSTOMER_KIND] = customer_kind,
    [FEASIBILITY_MINIMUM_AGE] = minimum_age,
    [FEASIBILITY_MAXIMUM_AGE] = maximum_age,
    [FEASIBILITY_IDENTITY] = identity,
    [FEASIBILITY_CREDIT_CLASS] = credit_class,
    [FEASIBILITY_ARREARS] = arrears,
    [FEASIBILITY_TECHNOLOGY] = technology,
    [FEASIBILITY_REQUIRES] = requires,
    [FEASIBILITY_EXCLUDES] = excludes,
    [FEASIBILITY_REPLACES] = replaces,
    [FEASIBILITY_BINDING] = binding,
    [FEASIBILITY_LINES] = lines,
    [FEASIBILITY_HOUSEHOLD] = household,
    [FEASIBILITY_STOCK] = stock,
};

bool kinds_met(const struct question *question, struct feasibility_reason *reason)
{
    *reason = (struct feasibility_reason){
        .rule = question->rule,
        .result = question->rule->result,
        .date = FEASIBILITY_NO_DAY,
    };
    return functions[question->rule->kind](question, reason);
}
