/* customer_create: somebody becomes a customer: with an account, and found from then on.
 *
 * Numbers are given out to one after the other, before anything else is read: so of two agents who
 * create the same customer at once, the second is told of the first.
 */
#include "resolvers/customer_create.h"

#include "base/viewer.h"
#include "db/customer_terms.h"
#include "db/dates.h"
#include "db/number.h"
#include "db/policy.h"
#include "db/search_terms.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/address_input.h"
#include "resolvers/contact_value.h"
#include "resolvers/customer_alike.h"
#include "resolvers/customer_name.h"
#include "resolvers/day.h"
#include "resolvers/language.h"

struct newcomer {
    struct act *act;
    struct cell kind, language;
    struct cell partner; /* NULL: the operator itself */
    struct customer_alike self;
    bool has_address;
    struct cell address[ADDRESS_PARTS];
    struct str number, account;
};

static const struct cell nothing = {.kind = CELL_NULL};

static const struct input *given(const struct act *act, const char *member)
{
    const struct input *input = act_field(act, member);
    return input != NULL && input->kind != INPUT_NULL ? input : NULL;
}

/* ---- what is said of them ---- */

static void take_names(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    struct customer_names *names = &newcomer->self.names;
    const struct input *input;
    if ((input = given(act, "givenName")) != NULL)
        names->given = customer_name(act, "givenName", input->text);
    if ((input = given(act, "familyName")) != NULL)
        names->family = customer_name(act, "familyName", input->text);
    if ((input = given(act, "organizationName")) != NULL)
        names->organization = customer_name_organization(act, "organizationName", input->text);
    if ((input = given(act, "birthDate")) != NULL)
        names->birth_date = customer_name_birth_date(act, "birthDate", input);
    customer_names_check(act, names, !str_is(cell_str(&newcomer->kind), "RESIDENTIAL"));
}

static void take_contact(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    struct customer_alike *self = &newcomer->self;
    if (given(act, "mobile") != NULL)
        self->mobile = contact_value(act, "mobile", false);
    if (given(act, "phone") != NULL)
        self->phone = contact_value(act, "phone", false);
    if (given(act, "email") != NULL)
        self->email = contact_value(act, "email", true);
    if (self->phone.len > 0 && str_equal(self->phone, self->mobile))
        act_error(act, "INVALID", "phone",
                  "It is the same number as the mobile one; give it once.");
}

/* Without a look at the database. */
static void take_input(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    newcomer->kind = cell_text(act_field(act, "kind")->text);
    newcomer->language = cell_text(act_field(act, "language")->text);
    if (!language_valid(cell_str(&newcomer->language)))
        act_error(act, "INVALID", "language", LANGUAGE_WORDS);
    take_names(newcomer);
    take_contact(newcomer);
    newcomer->has_address = address_input(act, NULL, false, newcomer->address);
}

/* ---- what is known ---- */

static enum status check_age(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    const struct cell *born = &newcomer->self.names.birth_date;
    int64_t least;
    TRY(policy_read(act->database, act->arena, "customer_years_least", &least));
    if (born->kind != CELL_NULL && day_years(born->integer, dates_today()) < least)
        act_error(act, "NOT_ALLOWED", "birthDate",
                  "Customers are %lld years old or older; create who answers for them instead.",
                  (long long)least);
    return STATUS_OK;
}

static enum status check_currency(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    const struct cell currency = cell_text(act_field(act, "currency")->text);
    struct rows rows = {0};
    TRY(act_run(act, "SELECT 1 FROM product_offering_price WHERE currency = ? LIMIT 1", &currency,
                1, &rows));
    if (rows.count == 0)
        act_error(act, "INVALID", "currency",
                  "Nothing is sold in this currency; give one that there are prices in, as EUR.");
    return STATUS_OK;
}

/* Who creates a customer for a partner looks after them there, unless another one is named. */
static enum status take_partner(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    struct rows rows;
    newcomer->partner =
        act->viewer->kind == VIEWER_PARTNER ? cell_int(act->viewer->scope_id) : nothing;
    if (given(act, "partnerId") == NULL)
        return STATUS_OK;
    TRY(act_lock(act, "Partner", "partnerId", "t.kind", &rows));
    if (rows.count > 0)
        newcomer->partner = str_is(cell_str(&rows.cells[1]), "OPERATOR") ? nothing : rows.cells[0];
    return STATUS_OK;
}

static enum status check_alone(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    return act_field(act, "evenIfLike")->boolean
               ? STATUS_OK
               : customer_alike_check(act, &newcomer->self, "evenIfLike");
}

/* ---- their rows ---- */

static enum status insert_customer(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    const struct customer_names *names = &newcomer->self.names;
    const struct cell parameters[] = {
        cell_text(newcomer->number),
        newcomer->kind,
        names->given,
        names->family,
        names->organization,
        cell_text(customer_names_full(act->arena, names, false)),
        cell_text(customer_names_full(act->arena, names, true)),
        names->birth_date,
        newcomer->language,
        newcomer->partner,
    };
    TRY(act_run(act,
                "INSERT INTO customer\n"
                "    (number, kind, status, given_name, family_name, organization_name,\n"
                "     display_name, sort_name, birth_date, language, customer_since, partner_id)\n"
                "VALUES (?, ?, 'INITIALIZED', ?, ?, ?, ?, ?, ?, ?, UTC_DATE(), ?)",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    act->object = act->customer = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status insert_medium(struct newcomer *newcomer, const char *kind, struct str value,
                                 bool preferred)
{
    const struct cell parameters[] = {cell_int(newcomer->act->customer), cell_text(str_of(kind)),
                                      cell_text(value), cell_int(preferred)};
    if (value.len == 0)
        return STATUS_OK;
    return act_run(newcomer->act,
                   "INSERT INTO contact_medium (customer_id, kind, value, preferred, valid_from)\n"
                   "VALUES (?, ?, ?, ?, UTC_DATE())",
                   parameters, 4, NULL);
}

static enum status insert_contact(struct newcomer *newcomer)
{
    const struct customer_alike *self = &newcomer->self;
    bool mobile = self->mobile.len > 0, email = self->email.len > 0;
    TRY(insert_medium(newcomer, "MOBILE", self->mobile, true));
    TRY(insert_medium(newcomer, "EMAIL", self->email, !mobile));
    return insert_medium(newcomer, "PHONE", self->phone, !mobile && !email);
}

/* *id is NULL where there is no address. */
static enum status insert_address(struct newcomer *newcomer, struct cell *id)
{
    struct act *act = newcomer->act;
    const struct cell *parts = newcomer->address;
    const struct cell parameters[] = {cell_int(act->customer), parts[ADDRESS_STREET],
                                      parts[ADDRESS_POSTCODE], parts[ADDRESS_CITY],
                                      parts[ADDRESS_COUNTRY]};
    *id = nothing;
    if (!newcomer->has_address)
        return STATUS_OK;
    TRY(act_run(act,
                "INSERT INTO geographic_address\n"
                "    (customer_id, role, street, postcode, city, country)\n"
                "VALUES (?, 'CONTACT', ?, ?, ?, ?)",
                parameters, 5, NULL));
    *id = cell_int((int64_t)database_insert_id(act->database));
    return STATUS_OK;
}

static enum status insert_account(struct newcomer *newcomer, struct cell address)
{
    struct act *act = newcomer->act;
    struct str rating = act_field(act, "ratingType")->text;
    const struct input *method = given(act, "paymentMethod");
    struct str otherwise = str_is(rating, "PREPAID") ? STR("VOUCHER") : STR("BANK_TRANSFER");
    const struct cell parameters[] = {cell_int(act->customer),
                                      address,
                                      cell_text(newcomer->account),
                                      cell_text(rating),
                                      cell_text(method == NULL ? otherwise : method->text),
                                      cell_text(act_field(act, "currency")->text)};
    return act_run(act,
                   "INSERT INTO billing_account\n"
                   "    (customer_id, billing_address_id, number, rating_type, payment_status,\n"
                   "     payment_method, currency)\n"
                   "VALUES (?, ?, ?, ?, 'PAID', ?, ?)",
                   parameters, 6, NULL);
}

static enum status insert_agreements(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    const struct input *purposes = act_field(act, "agreesTo");
    bool shop = act->viewer->kind == VIEWER_PARTNER;
    for (uint32_t i = 0; i < purposes->count; i++) {
        const struct cell parameters[] = {cell_int(act->customer),
                                          cell_text(purposes->items[i].text),
                                          cell_text(shop ? STR("SHOP") : STR("AGENT"))};
        bool again = false;
        for (uint32_t j = 0; j < i && !again; j++)
            again = str_equal(purposes->items[j].text, purposes->items[i].text);
        if (!again)
            TRY(act_run(act,
                        "INSERT INTO privacy_agreement\n"
                        "    (customer_id, purpose, channel, state, source, stated_at)\n"
                        "VALUES (?, ?, 'ANY', 'VALIDATED', ?, UTC_TIMESTAMP(6))",
                        parameters, 3, NULL));
    }
    return STATUS_OK;
}

/* What they are found by from now on. */
static enum status insert_terms(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    const struct customer_alike *self = &newcomer->self;
    struct search_terms terms;
    search_terms_init(&terms, act->arena);
    search_terms_add_name(&terms, customer_names_full(act->arena, &self->names, false));
    search_terms_add_whole(&terms, newcomer->number, "CUSTOMER");
    search_terms_add_whole(&terms, newcomer->account, "ACCOUNT");
    if (self->mobile.len > 0)
        search_terms_add_telephone(&terms, self->mobile, "PHONE");
    if (self->phone.len > 0)
        search_terms_add_telephone(&terms, self->phone, "PHONE");
    if (self->email.len > 0)
        search_terms_add_whole(&terms, self->email, "EMAIL");
    return customer_terms_begin(act->database, act->arena, act->customer,
                                newcomer->partner.kind == CELL_NULL ? 0 : newcomer->partner.integer,
                                &terms);
}

/* ---- the whole ---- */

static enum status take_numbers(struct newcomer *newcomer)
{
    struct act *act = newcomer->act;
    int64_t customer, account;
    TRY(number_take(act->database, act->arena, NUMBER_CUSTOMER, 1, &customer));
    TRY(number_take(act->database, act->arena, NUMBER_ACCOUNT, 1, &account));
    newcomer->number = number_text(act->arena, customer);
    newcomer->account = number_text(act->arena, account);
    return STATUS_OK;
}

static enum status write_newcomer(struct newcomer *newcomer)
{
    struct cell address;
    TRY(insert_customer(newcomer));
    TRY(insert_contact(newcomer));
    TRY(insert_address(newcomer, &address));
    TRY(insert_account(newcomer, address));
    TRY(insert_agreements(newcomer));
    return insert_terms(newcomer);
}

static enum status create(struct act *act)
{
    struct newcomer newcomer = {.act = act};
    take_input(&newcomer);
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(take_numbers(&newcomer));
    TRY(check_age(&newcomer));
    TRY(check_currency(&newcomer));
    TRY(take_partner(&newcomer));
    if (act->errors == NULL)
        TRY(check_alone(&newcomer));
    return act->errors == NULL ? write_newcomer(&newcomer) : STATUS_OK;
}

const struct action customer_create = {.type = "Customer", .perform = create};
