/* merge_doubles: what both customers have and one may have once is kept once, by rules. */
#include "resolvers/merge.h"

#include "base/arena.h"

enum { STATEMENTS_MOST = 2 };

/* `look` gives how many there are, and in a few words which; the statements make one of two. */
struct double_rule {
    const char *rule; /* of MergeRule */
    const char *look;
    const char *statements[STATEMENTS_MOST];
};

#define OF_BOTH "WHERE s.customer_id = ? AND d.customer_id = ?"

#define BOTH_MEDIA                                                                      \
    "contact_medium AS s JOIN contact_medium AS d ON LOWER(d.value) = LOWER(s.value)\n" \
    "    AND s.valid_until IS NULL AND d.valid_until IS NULL\n"
#define BOTH_IDENTIFICATIONS                                   \
    "identification AS s JOIN identification AS d\n"           \
    "    ON (d.kind, d.number_end, d.country, d.valid_from)\n" \
    "        = (s.kind, s.number_end, s.country, s.valid_from)\n"
#define BOTH_CONSENTS                                      \
    "privacy_agreement AS s JOIN privacy_agreement AS d\n" \
    "    ON d.purpose = s.purpose AND d.channel = s.channel\n"
#define BOTH_GROUPS                                                    \
    "customer_discount_group AS s JOIN customer_discount_group AS d\n" \
    "    ON d.discount_group_id = s.discount_group_id\n"               \
    "    AND d.valid_from <= COALESCE(s.valid_until, d.valid_from)\n"  \
    "    AND s.valid_from <= COALESCE(d.valid_until, s.valid_from)\n"
#define BOTH_CHARACTERISTICS                                           \
    "customer_characteristic AS s JOIN customer_characteristic AS d\n" \
    "    ON d.specification_id = s.specification_id\n"

static const struct double_rule rules[] = {
    {"SAME_CONTACT_MEDIUM",
     "SELECT COUNT(*), GROUP_CONCAT(s.value ORDER BY s.id SEPARATOR ', ')\n"
     "FROM " BOTH_MEDIA OF_BOTH,
     {"UPDATE " BOTH_MEDIA "SET s.verified_at = COALESCE(s.verified_at, d.verified_at),\n"
      "    s.preferred = s.preferred OR d.preferred, s.version = s.version + 1\n" OF_BOTH,
      "DELETE d FROM " BOTH_MEDIA OF_BOTH}},
    {"SAME_IDENTIFICATION",
     "SELECT COUNT(*), GROUP_CONCAT(CONCAT('…', s.number_end) ORDER BY s.id SEPARATOR ', ')\n"
     "FROM " BOTH_IDENTIFICATIONS OF_BOTH,
     {"UPDATE " BOTH_IDENTIFICATIONS "SET s.verified_at = COALESCE(s.verified_at, d.verified_at),\n"
      "    s.version = s.version + 1\n" OF_BOTH,
      "DELETE d FROM " BOTH_IDENTIFICATIONS OF_BOTH}},
    {"LATEST_CONSENT",
     "SELECT COUNT(*), NULL FROM " BOTH_CONSENTS OF_BOTH,
     {"DELETE s FROM " BOTH_CONSENTS OF_BOTH " AND d.stated_at > s.stated_at",
      "DELETE d FROM " BOTH_CONSENTS OF_BOTH}},
    {"SAME_DISCOUNT_GROUP",
     "SELECT COUNT(*), GROUP_CONCAT(g.label ORDER BY s.id SEPARATOR ', ')\n"
     "FROM " BOTH_GROUPS "JOIN discount_group AS g ON g.id = s.discount_group_id\n" OF_BOTH,
     {"UPDATE " BOTH_GROUPS
      "SET s.valid_from = LEAST(s.valid_from, d.valid_from),\n"
      "    s.valid_until = IF(d.valid_until IS NULL, NULL, GREATEST(s.valid_until, "
      "d.valid_until)),\n"
      "    s.version = s.version + 1\n" OF_BOTH,
      "DELETE d FROM " BOTH_GROUPS OF_BOTH}},
    {"OWN_CHARACTERISTIC",
     "SELECT COUNT(*), GROUP_CONCAT(CONCAT(d.value, ' → ', s.value) ORDER BY s.position, s.id\n"
     "    SEPARATOR ', ')\n"
     "FROM " BOTH_CHARACTERISTICS OF_BOTH,
     {"DELETE d FROM " BOTH_CHARACTERISTICS OF_BOTH}},
    {"SAME_USAGE_PERIOD",
     "SELECT COUNT(*), NULL FROM usage_period AS s\n"
     "JOIN usage_period AS d ON d.start_date = s.start_date\n" OF_BOTH,
     {NULL}},
};

/* Of the survivor alone: everything is theirs by then. */
#define LIMITED                                                        \
    "billing_account AS a\n"                                           \
    "LEFT JOIN credit_profile AS p ON p.customer_id = a.customer_id\n" \
    "JOIN credit_policy AS c ON c.class = COALESCE(p.class, 'C') AND c.currency = a.currency\n"
#define OF_SURVIVOR \
    "WHERE a.customer_id = ? AND a.customer_id <> ? AND credit_limit_minor > highest_minor"

static const struct double_rule limit = {
    "LOWER_CREDIT_LIMIT",
    "SELECT COUNT(*), GROUP_CONCAT(a.number ORDER BY a.id SEPARATOR ', ')\n"
    "FROM " LIMITED OF_SURVIVOR,
    {"UPDATE " LIMITED
     "SET a.credit_limit_minor = c.highest_minor, a.version = a.version + 1\n" OF_SURVIVOR},
};

static enum status settle(struct merge *merge, const struct double_rule *rule)
{
    struct rows rows;
    TRY(merge_run(merge, rule->look, &rows));
    if (rows.cells[0].integer == 0)
        return STATUS_OK;
    struct merge_settled *settled = arena_new(merge->act->arena, struct merge_settled);
    *settled = (struct merge_settled){
        .rule = rule->rule, .count = rows.cells[0].integer, .what = rows.cells[1]};
    *merge->result->last_settled = settled;
    merge->result->last_settled = &settled->next;
    for (size_t i = 0; i < STATEMENTS_MOST && rule->statements[i] != NULL; i++)
        TRY(merge_run(merge, rule->statements[i], NULL));
    return STATUS_OK;
}

enum status merge_doubles_settle(struct merge *merge)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
        TRY(settle(merge, &rules[i]));
    return STATUS_OK;
}

enum status merge_doubles_limit(struct merge *merge)
{
    return settle(merge, &limit);
}
