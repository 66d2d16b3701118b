/* customer_criteria: what findCustomers(search:) asks, section by section, as a condition. */
#include "resolvers/customer_criteria.h"

#include "base/arena.h"
#include "graphql/coerce.h"
#include "plan/binding.h"
#include "resolvers/access_token.h"
#include "resolvers/customer_find.h"

enum { CANDIDATES_LIMIT = 10000 };

/* A text that is compared with the terms of one kind. */
struct text_member {
    const char *section;
    const char *member;
    const char *kind;
};

static const struct text_member text_members[] = {
    {"contact", "name", "NAME"},
    {"contact", "phone", "PHONE"},
    {"contact", "email", "EMAIL"},
    {"receivables", "accountNumber", "ACCOUNT"},
    {"subscription", "identifier", "SERVICE"},
    {"subscription", "simCard", "SIM"},
    {"subscription", "deviceSerial", "DEVICE"},
    {"identifiers", "customerNumber", "CUSTOMER"},
    {"identifiers", "orderNumber", "ORDER"},
    {"identifiers", "ticketNumber", "TICKET"},
    {"identifiers", "externalId", "EXTERNAL"},
};

/* A value that is compared with a column. */
struct value_member {
    const char *section;
    const char *member;
    const char *table;
    const char *owner;
    const char *column;
    const char *condition;
    bool narrow;
};

/* clang-format off */
/* Members of one table stand together: they are said of the same row. */
static const struct value_member value_members[] = {
    {"contact",      "birthDate",     "customer",           "id",          "birth_date",     "= ?",  true},
    {"address",      "role",          "geographic_address", "customer_id", "role",           "= ?",  false},
    {"address",      "street",        "geographic_address", "customer_id", "street",         NULL,   true},
    {"address",      "postcode",      "geographic_address", "customer_id", "postcode",       NULL,   true},
    {"address",      "city",          "geographic_address", "customer_id", "city",           NULL,   true},
    {"receivables",  "balanceAtLeast", "billing_account",   "customer_id", "balance_minor",  ">= ?", false},
    {"receivables",  "balanceAtMost", "billing_account",    "customer_id", "balance_minor",  "<= ?", false},
    {"receivables",  "paymentStatus", "billing_account",    "customer_id", "payment_status", "= ?",  false},
    {"receivables",  "dunningState",  "billing_account",    "customer_id", "dunning_state",  "= ?",  false},
    {"receivables",  "ratingType",    "billing_account",    "customer_id", "rating_type",    "= ?",  false},
    {"receivables",  "paymentMethod", "billing_account",    "customer_id", "payment_method", "= ?",  false},
    {"identifiers",  "billNumber",    "customer_bill",      "customer_id", "number",         NULL,   true},
    {"subscription", "status",        "product",            "customer_id", "status",         "= ?",  false},
    {"subscription", "offering",      "product",            "customer_id", "offering_id",
     "= (SELECT o.id FROM product_offering AS o WHERE o.code = ?)", false},
    {"characteristic", "key",         "customer_characteristic", "customer_id", "specification_id",
     "= (SELECT s.id FROM characteristic_specification AS s WHERE s.code = ? AND s.searchable)", false},
    {"characteristic", "value",       "customer_characteristic", "customer_id", "value",     "= ?",  true},
    {"tokens",       "tokenValue",    "access_token",       "customer_id", "fingerprint",    "= ?",  true},
};
/* clang-format on */

static const struct input *member_of(const struct input *search, const char *section,
                                     const char *member)
{
    const struct input *object = input_member(search, section);
    if (object->kind != INPUT_OBJECT)
        return object;
    return input_member(object, member);
}

static bool is_given(const struct input *value)
{
    return value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

static bool is_like(const struct input *text)
{
    return str_is(input_member(text, "operator")->text, "LIKE");
}

static enum status add_text_member(struct customer_find *find, const struct text_member *member,
                                   const struct input *text, struct str *problem)
{
    struct search_pattern patterns[SEARCH_WORDS_LIMIT];
    uint32_t count;
    bool is_name = strcmp(member->kind, "NAME") == 0;
    TRY(search_patterns(find->arena, input_member(text, "value")->text, is_like(text), is_name,
                        patterns, &count, problem));
    for (uint32_t i = 0; i < count; i++)
        customer_find_text(find, member->kind, &patterns[i]);
    return STATUS_OK;
}

/* Numbers are given with whatever between their digits, and stored without. */
static struct str as_stored(struct arena *arena, const struct value_member *member,
                            struct str value)
{
    bool number = strcmp(member->column, "number") == 0 && search_is_number(value);
    return number ? search_digits(arena, value) : value;
}

/* A text of a row: as it is, or its beginning, as the column's collation compares. */
static enum status add_column_text(struct customer_find *find, const struct value_member *member,
                                   const struct input *text, struct str *problem)
{
    struct str value = input_member(text, "value")->text;
    if (value.len == 0 || value.len > SEARCH_BYTES_LIMIT) {
        *problem = str_printf(find->arena, "Of an address or a bill give 1 to %d bytes of text.",
                              SEARCH_BYTES_LIMIT);
        return STATUS_INVALID;
    }
    if (!is_like(text)) {
        customer_find_value(find, member->column, "= ?",
                            cell_text(as_stored(find->arena, member, value)), true);
        return STATUS_OK;
    }
    while (value.len > 0 && value.at[value.len - 1] == '%')
        value.len--;
    if (value.len == 0 || value.at[0] == '%') {
        *problem =
            STR("Addresses and bills are found by how they begin: leave out the % at the front.");
        return STATUS_INVALID;
    }
    value = search_like(find->arena, "", as_stored(find->arena, member, value), "%");
    customer_find_value(find, member->column, "LIKE ? ESCAPE '!'", cell_text(value), true);
    return STATUS_OK;
}

static enum status add_token(struct customer_find *find, const struct value_member *member,
                             struct str value, struct str *problem)
{
    struct str fingerprint;
    TRY(access_token_sought(&fingerprint, find->arena, value, problem));
    customer_find_value(find, member->column, member->condition, cell_text(fingerprint),
                        member->narrow);
    return STATUS_OK;
}

static enum status add_value_member(struct customer_find *find, const struct value_member *member,
                                    const struct input *value, struct str *problem)
{
    const struct find_row *last = find->row_count == 0 ? NULL : &find->rows[find->row_count - 1];
    if (last == NULL || strcmp(last->table, member->table) != 0)
        customer_find_row(find, member->table, member->owner);
    if (value->kind == INPUT_OBJECT)
        return add_column_text(find, member, value, problem);
    if (strcmp(member->table, "access_token") == 0)
        return add_token(find, member, value->text, problem);
    if (value->kind == INPUT_INT)
        customer_find_value(find, member->column, member->condition, cell_int(value->integer),
                            member->narrow);
    else
        customer_find_value(find, member->column, member->condition, cell_text(value->text),
                            member->narrow);
    return STATUS_OK;
}

static enum status read_limit(const struct input *argument, uint32_t *limit, struct str *problem)
{
    *limit = 0;
    if (!is_given(argument))
        return STATUS_OK;
    if (argument->integer < 1 || argument->integer > CANDIDATES_LIMIT) {
        *problem = STR("\"limit\" takes a number from 1 to 10000, or null for all.");
        return STATUS_INVALID;
    }
    *limit = (uint32_t)argument->integer;
    return STATUS_OK;
}

enum status customer_criteria(const struct field *field, const struct input *arguments,
                              struct arena *arena, struct predicate *out, struct str *problem)
{
    const struct input *search = &arguments[0];
    struct customer_find find;
    uint32_t limit;
    TRY(read_limit(&arguments[1], &limit, problem));
    customer_find_init(&find, arena, out->viewer);
    for (size_t i = 0; i < sizeof(text_members) / sizeof(text_members[0]); i++) {
        const struct text_member *member = &text_members[i];
        const struct input *text = member_of(search, member->section, member->member);
        if (is_given(text))
            TRY(add_text_member(&find, member, text, problem));
    }
    for (size_t i = 0; i < sizeof(value_members) / sizeof(value_members[0]); i++) {
        const struct value_member *member = &value_members[i];
        const struct input *value = member_of(search, member->section, member->member);
        if (is_given(value))
            TRY(add_value_member(&find, member, value, problem));
    }
    if (customer_find_finish(&find, limit, out))
        return STATUS_OK;
    *problem = STR("Say at least one thing that is known of the customer.");
    return STATUS_INVALID;
}
