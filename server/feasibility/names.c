/* names: what kinds, results, actions and changes are called in the schema and in rows. */
#include "feasibility.h"

static const char *const kinds[FEASIBILITY_KINDS] = {
    [FEASIBILITY_ON_SALE] = "ON_SALE",
    [FEASIBILITY_CUSTOMER_KIND] = "CUSTOMER_KIND",
    [FEASIBILITY_MINIMUM_AGE] = "MINIMUM_AGE",
    [FEASIBILITY_MAXIMUM_AGE] = "MAXIMUM_AGE",
    [FEASIBILITY_IDENTITY] = "IDENTITY",
    [FEASIBILITY_CREDIT_CLASS] = "CREDIT_CLASS",
    [FEASIBILITY_ARREARS] = "ARREARS",
    [FEASIBILITY_TECHNOLOGY] = "TECHNOLOGY",
    [FEASIBILITY_REQUIRES] = "REQUIRES",
    [FEASIBILITY_EXCLUDES] = "EXCLUDES",
    [FEASIBILITY_REPLACES] = "REPLACES",
    [FEASIBILITY_BINDING] = "BINDING",
    [FEASIBILITY_LINES] = "LINES",
    [FEASIBILITY_HOUSEHOLD] = "HOUSEHOLD",
    [FEASIBILITY_STOCK] = "STOCK",
};

static const char *const results[FEASIBILITY_RESULTS] = {
    [FEASIBILITY_QUALIFIED] = "QUALIFIED",
    [FEASIBILITY_CONDITIONAL] = "CONDITIONAL",
    [FEASIBILITY_UNQUALIFIED] = "UNQUALIFIED",
};

static const char *const actions[FEASIBILITY_ACTIONS] = {
    [FEASIBILITY_ADD] = "ADD",
    [FEASIBILITY_MODIFY] = "MODIFY",
    [FEASIBILITY_DELETE] = "DELETE",
};

static const char *const changes[FEASIBILITY_CHANGES] = {
    [FEASIBILITY_NOTHING] = NULL,
    [FEASIBILITY_ADD_IT] = "ADD_OFFERING",
    [FEASIBILITY_LEAVE_OUT] = "LEAVE_OUT_OFFERING",
    [FEASIBILITY_END] = "END_PRODUCT",
    [FEASIBILITY_WAIT] = "WAIT_UNTIL",
    [FEASIBILITY_FEWER] = "ORDER_FEWER",
    [FEASIBILITY_PLACE] = "NAME_PLACE",
    [FEASIBILITY_BIRTH_DATE] = "STATE_BIRTH_DATE",
    [FEASIBILITY_IDENTIFY] = "VERIFY_IDENTITY",
    [FEASIBILITY_CHECK] = "CHECK_CREDIT",
    [FEASIBILITY_PAY] = "PAY_ARREARS",
};

static const char *const cases[FEASIBILITY_CASES] = {
    [FEASIBILITY_REFUSED] = "refused",
    [FEASIBILITY_UNKNOWN] = "unknown",
    [FEASIBILITY_LATER] = "later",
    [FEASIBILITY_SLOWER] = "slower",
    [FEASIBILITY_NONE] = "none",
};

/* The place of the name; count: it is none of them. */
static int find(const char *const *names, int count, struct str name)
{
    int place = 0;
    while (place < count && (names[place] == NULL || !str_is(name, names[place])))
        place++;
    return place;
}

const char *feasibility_kind_name(enum feasibility_kind kind)
{
    return kinds[kind];
}

const char *feasibility_result_name(enum feasibility_result result)
{
    return results[result];
}

const char *feasibility_action_name(enum feasibility_action action)
{
    return actions[action];
}

const char *feasibility_change_name(enum feasibility_change change)
{
    return changes[change];
}

const char *feasibility_case_name(enum feasibility_case why)
{
    return cases[why];
}

enum feasibility_kind feasibility_kind_find(struct str name)
{
    return (enum feasibility_kind)find(kinds, FEASIBILITY_KINDS, name);
}

enum feasibility_result feasibility_result_find(struct str name)
{
    return (enum feasibility_result)find(results, FEASIBILITY_RESULTS, name);
}

enum feasibility_action feasibility_action_find(struct str name)
{
    return (enum feasibility_action)find(actions, FEASIBILITY_ACTIONS, name);
}
