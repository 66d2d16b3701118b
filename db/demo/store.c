/* store: what a generated customer is in our tables; ids and numbers follow from positions. */
#include "store.h"

#include "base/arena.h"
#include "catalogue.h"
#include "cells.h"
#include "db/batch.h"
#include "db/dates.h"
#include "db/number.h"
#include "db/search_pages.h"
#include "db/search_terms.h"
#include "extras.h"
#include "feasibility.h"
#include "interaction_rows.h"
#include "mariadb/database.h"
#include "message_rows.h"
#include "mobile_rows.h"
#include "model.h"
#include "order_rows.h"
#include "party.h"
#include "party_rows.h"
#include "purpose.h"
#include "random.h"
#include "resource_rows.h"
#include "specifications.h"
#include "ticket_rows.h"
#include "usage_rows.h"

enum { ACCOUNT_NUMBERS = 8, ORDER_NUMBERS = 40, PRICES_PER_PRODUCT = 2 };

enum store_table {
    CUSTOMER,
    CONTACT,
    ADDRESS,
    ACCOUNT,
    PRODUCT,
    PRICE,
    BILL,
    LINE,
    ENTRY,
    ORDER,
    ITEM,
    TERM,
    TABLES
};

/* clang-format off */
/* In the order they are sent: what is referred to comes first. */
static const struct batch_table tables[TABLES] = {
    [CUSTOMER] = {.name = "customer",
                  .columns = "id, number, kind, status, given_name, family_name, organization_name, display_name,"
                             " sort_name, birth_date, language, segment, customer_since, partner_id,"
                             " open_order_count, active_product_count, open_ticket_count, mobile_count, voice_count,"
                             " broadband_count, fibre_count, tv_count, content_count, parent_id, unit_kind,"
                             " identity_verified, identity_valid_until"},
    [CONTACT]  = {.name = "contact_medium",
                  .columns = "id, customer_id, kind, value, preferred, verified_at, valid_from, valid_until"},
    [ADDRESS]  = {.name = "geographic_address", .columns = "id, customer_id, role, street, postcode, city, country"},
    [ACCOUNT]  = {.name = "billing_account",
                  .columns = "id, customer_id, number, rating_type, payment_status, payment_method, dunning_state, balance_minor,"
                             " due_minor, overdue_minor, credit_limit_minor, currency, billing_address_id"},
    [PRODUCT]  = {.name = "product",
                  .columns = "id, customer_id, billing_account_id, offering_id, parent_id, status,"
                             " service_identifier, place_id, start_date, binding_until, notice_days, termination_date,"
                             " billing_address_id"},
    [PRICE]    = {.name = "product_price",
                  .columns = "id, customer_id, product_id, type, period, amount_minor, discount_minor, net_minor, currency"},
    [BILL]     = {.name = "customer_bill",
                  .columns = "id, customer_id, billing_account_id, number, state, run_type, period_from, period_until,"
                             " bill_date, due_date, amount_minor, tax_minor, remaining_minor, currency"},
    [LINE]     = {.name = "applied_billing_rate",
                  .columns = "customer_id, customer_bill_id, position, kind, description, product_id, period_from,"
                             " period_until, amount_minor, tax_minor, currency"},
    [ENTRY]    = {.name = "ledger_entry",
                  .columns = "id, customer_id, billing_account_id, seq, kind, amount_minor, balance_after_minor,"
                             " currency, effective_at, reference, method, customer_bill_id"},
    [ORDER]    = {.name = "product_order",
                  .columns = "id, customer_id, number, state, channel, ordered_at, requested_date, expected_date,"
                             " completed_at"},
    [ITEM]     = {.name = "product_order_item",
                  .columns = "id, customer_id, product_order_id, position, action, state, offering_id, product_id,"
                             " quantity, price_minor, currency"},
    [TERM]     = {.name = "customer_search_term", .columns = "term, customer_id, kind, page"},
};
/* clang-format on */

struct store {
    struct arena *arena;
    struct batch batches[TABLES];
    struct party_rows *parties;
    struct extras_rows *extras;
    struct order_rows *order_details;
    struct ticket_rows *tickets;
    struct usage_rows *usage;
    struct message_rows *messages;
    struct interaction_rows *interactions;
    struct resource_rows *resources;
    struct feasibility_rows *feasibility;
    struct mobile_rows *mobile;
};

static struct cell number_of(struct store *store, enum number_kind kind, int64_t ordinal)
{
    return cell_text(number_text(store->arena, number_generated(kind, ordinal)));
}

static struct cell *row_of(struct store *store, enum store_table table, uint32_t width)
{
    assert(store->batches[table].width == width);
    return batch_row(&store->batches[table]);
}

#define STORE_ROW(store, table, cells) \
    memcpy(row_of((store), (table), sizeof(cells) / sizeof((cells)[0])), (cells), sizeof(cells))

static void add_customer(struct store *store, const struct demo_customer *customer)
{
    static const char *const tags[] = {
        [DEMO_GERMAN] = "de", [DEMO_ENGLISH] = "en", [DEMO_FRENCH] = "fr"};
    int64_t valid_until;
    bool verified = party_is_verified(customer->party, &valid_until);
    struct cell cells[] = {
        cell_int(customer->ordinal),
        number_of(store, NUMBER_CUSTOMER, customer->ordinal),
        word(customer->kind),
        word(customer->status),
        cell_text(customer->given_name),
        cell_text(customer->family_name),
        cell_text(customer->organization_name),
        cell_text(customer->display_name),
        cell_text(customer->sort_name),
        date_or_null(customer->birth_date),
        word(tags[customer->language]),
        word(customer->segment),
        date_or_null(customer->since),
        customer->partner_id == 0 ? null_cell : cell_int(customer->partner_id),
        cell_int(model_open_orders(customer)),
        cell_int(model_active_products(customer)),
        cell_int(model_open_tickets(customer)),
        cell_int(model_held(customer, CATEGORY_MOBILE)),
        cell_int(model_held(customer, CATEGORY_VOICE)),
        cell_int(model_held(customer, CATEGORY_BROADBAND)),
        cell_int(model_held(customer, CATEGORY_FIBRE)),
        cell_int(model_held(customer, CATEGORY_TV)),
        cell_int(model_held(customer, CATEGORY_CONTENT)),
        customer->party->parent == 0 ? null_cell : cell_int(customer->party->parent),
        word(customer->party->unit_kind),
        cell_int(verified),
        date_or_null(valid_until),
    };
    STORE_ROW(store, CUSTOMER, cells);
}

static void add_contacts(struct store *store, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->contact_count; i++) {
        const struct demo_contact *contact = &customer->contacts[i];
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            word(contact->kind),
            cell_text(contact->value),
            cell_int(contact->preferred),
            moment_or_null(contact->verified_at),
            date_or_null(contact->valid_from),
            date_or_null(contact->valid_until),
        };
        STORE_ROW(store, CONTACT, cells);
    }
    for (int i = 0; i < customer->address_count; i++) {
        const struct demo_address *address = &customer->addresses[i];
        struct cell cells[] = {
            id_of(customer, i),         cell_int(customer->ordinal),  word(address->role),
            cell_text(address->street), cell_text(address->postcode), cell_text(address->city),
            word(address->country),
        };
        STORE_ROW(store, ADDRESS, cells);
    }
}

/* Who has not paid is trusted with less. */
static int64_t credit_limit_minor(const struct demo_customer *customer)
{
    for (int i = 0; i < customer->account_count; i++) {
        if (strcmp(customer->accounts[i].payment_status, "IN_ARREARS") == 0)
            return 2000;
    }
    return 5000;
}

static void add_accounts(struct store *store, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->account_count; i++) {
        const struct demo_account *account = &customer->accounts[i];
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            number_of(store, NUMBER_ACCOUNT, customer->ordinal * ACCOUNT_NUMBERS + i),
            word(account->prepaid ? "PREPAID" : "POSTPAID"),
            word(account->payment_status),
            word(account->payment_method),
            word(account->dunning_state),
            cell_int(account->balance_minor),
            cell_int(account->due_minor),
            cell_int(account->overdue_minor),
            cell_int(account->prepaid ? 0 : credit_limit_minor(customer)),
            word("EUR"),
            id_of(customer, customer->extras->billing_address),
        };
        STORE_ROW(store, ACCOUNT, cells);
    }
}

static struct str bill_number(struct store *store, const struct demo_customer *customer, int bill)
{
    int account = customer->bills[bill].account;
    int64_t body = number_generated(NUMBER_ACCOUNT, customer->ordinal * ACCOUNT_NUMBERS + account);
    return number_of_bill(store->arena, body, customer->bills[bill].place);
}

static void add_bill(struct store *store, const struct demo_customer *customer, int position)
{
    const struct demo_bill *bill = &customer->bills[position];
    bool untouched = bill->remaining_minor == bill->amount_minor;
    struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, bill->account),
        cell_text(bill_number(store, customer, position)),
        word(bill->remaining_minor == 0 ? "SETTLED"
             : untouched                ? "SENT"
                                        : "PARTIALLY_PAID"),
        word("ON_CYCLE"),
        date_or_null(bill->period_from),
        date_or_null(bill->period_until),
        date_or_null(bill->bill_date),
        date_or_null(bill->due_date),
        cell_int(bill->amount_minor),
        cell_int(bill->tax_minor),
        cell_int(bill->remaining_minor),
        word("EUR"),
    };
    STORE_ROW(store, BILL, cells);
}

static void add_line(struct store *store, const struct demo_customer *customer,
                     const struct demo_line *line)
{
    const struct demo_bill *bill = &customer->bills[line->bill];
    struct cell cells[] = {
        cell_int(customer->ordinal),
        id_of(customer, line->bill),
        cell_int(line->position),
        word(line->kind),
        word(catalogue[customer->products[line->product].offering].offering.name),
        id_of(customer, line->product),
        date_or_null(bill->period_from),
        date_or_null(bill->period_until),
        cell_int(line->amount_minor),
        cell_int(line->tax_minor),
        word("EUR"),
    };
    STORE_ROW(store, LINE, cells);
}

static void add_entry(struct store *store, const struct demo_customer *customer, int position,
                      int64_t seq)
{
    const struct demo_entry *entry = &customer->entries[position];
    struct str reference = entry->reference;
    if (reference.at == NULL)
        reference = bill_number(store, customer, entry->bill);
    struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, entry->account),
        cell_int(seq),
        word(entry->kind),
        cell_int(entry->amount_minor),
        cell_int(entry->balance_after_minor),
        word("EUR"),
        moment_or_null(entry->effective_at),
        cell_text(reference),
        entry->method == NULL ? null_cell : word(entry->method),
        id_of(customer, entry->bill),
    };
    STORE_ROW(store, ENTRY, cells);
}

static void add_bills_and_entries(struct store *store, const struct demo_customer *customer)
{
    int64_t seq[DEMO_ACCOUNTS] = {0};
    for (int i = 0; i < customer->bill_count; i++)
        add_bill(store, customer, i);
    for (int i = 0; i < customer->line_count; i++)
        add_line(store, customer, &customer->lines[i]);
    for (int i = 0; i < customer->entry_count; i++)
        add_entry(store, customer, i, ++seq[customer->entries[i].account]);
}

static void add_price(struct store *store, const struct demo_customer *customer, int product,
                      int which, int64_t amount_minor, int64_t discount_minor)
{
    bool recurring = which == 0;
    struct cell cells[] = {
        id_of(customer, product * PRICES_PER_PRODUCT + which),
        cell_int(customer->ordinal),
        id_of(customer, product),
        word(recurring ? "RECURRING" : "ONE_TIME"),
        recurring ? word("MONTH") : null_cell,
        cell_int(amount_minor),
        cell_int(discount_minor),
        cell_int(amount_minor - discount_minor),
        word("EUR"),
    };
    STORE_ROW(store, PRICE, cells);
}

/* Lines that go into a house are in the first address. */
static struct cell product_place(const struct demo_customer *customer,
                                 const struct demo_product *product)
{
    const char *category = catalogue[product->offering].offering.category;
    bool installed = strcmp(category, "FIBRE") == 0 || strcmp(category, "BROADBAND") == 0 ||
                     strcmp(category, "VOICE") == 0 || strcmp(category, "TV") == 0;
    return installed && customer->address_count > 0 ? id_of(customer, 0) : null_cell;
}

/* A quarter of those who come are let off the fee for setting up. */
static bool is_waived(const struct demo_customer *customer, int product)
{
    struct random random =
        random_of(customer->world->seed, (uint64_t)customer->ordinal * DEMO_IDS + (uint64_t)product,
                  PURPOSE_DISCOUNTS);
    return random_permille(&random, 250);
}

static void add_products(struct store *store, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        const struct catalogue_offering *sold = &catalogue[product->offering];
        int notice_days = specifications_notice_days(product->offering);
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            id_of(customer, product->account),
            cell_int(sold->offering.id),
            id_of(customer, product->parent),
            word(product->status),
            cell_text(product->service_identifier),
            product_place(customer, product),
            date_or_null(product->start_date),
            date_or_null(product->binding_until),
            notice_days == 0 ? null_cell : cell_int(notice_days),
            date_or_null(product->termination_date),
            id_of(customer, extras_billing_address(customer, i)),
        };
        STORE_ROW(store, PRODUCT, cells);
        /* What a bundle includes costs nothing beside it, and is worth its price. */
        if (sold->monthly_minor != 0)
            add_price(store, customer, i, 0, sold->monthly_minor,
                      product->included ? sold->monthly_minor : 0);
        if (sold->once_minor != 0)
            add_price(store, customer, i, 1, sold->once_minor,
                      product->included || is_waived(customer, i) ? sold->once_minor : 0);
    }
}

static void add_orders(struct store *store, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->order_count; i++) {
        const struct demo_order *order = &customer->orders[i];
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            number_of(store, NUMBER_ORDER, customer->ordinal * ORDER_NUMBERS + i),
            word(order->state),
            word(order->channel),
            moment_or_null(order->ordered_at),
            date_or_null(order->requested_date),
            date_or_null(order->expected_date),
            moment_or_null(order->completed_at),
        };
        STORE_ROW(store, ORDER, cells);
    }
    for (int i = 0; i < customer->item_count; i++) {
        const struct demo_item *item = &customer->items[i];
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            id_of(customer, item->order),
            cell_int(item->position),
            word(item->action),
            word(item->state),
            cell_int(catalogue[item->offering].offering.id),
            id_of(customer, item->product),
            cell_int(item->quantity),
            cell_int(item->price_minor),
            word("EUR"),
        };
        STORE_ROW(store, ITEM, cells);
    }
}

static void collect_terms(struct store *store, const struct demo_customer *customer,
                          struct search_terms *terms)
{
    search_terms_add_name(terms, customer->display_name);
    search_terms_add_whole(
        terms, number_text(store->arena, number_generated(NUMBER_CUSTOMER, customer->ordinal)),
        "CUSTOMER");
    for (int i = 0; i < customer->contact_count; i++) {
        const struct demo_contact *contact = &customer->contacts[i];
        if (contact->valid_until != 0)
            continue; /* it may be somebody else's by now */
        if (strcmp(contact->kind, "EMAIL") == 0)
            search_terms_add_whole(terms, contact->value, "EMAIL");
        else
            search_terms_add_telephone(terms, contact->value, "PHONE");
    }
    for (int i = 0; i < customer->account_count; i++)
        search_terms_add_whole(
            terms,
            number_text(store->arena,
                        number_generated(NUMBER_ACCOUNT, customer->ordinal * ACCOUNT_NUMBERS + i)),
            "ACCOUNT");
    for (int i = 0; i < customer->order_count; i++)
        search_terms_add_whole(
            terms,
            number_text(store->arena,
                        number_generated(NUMBER_ORDER, customer->ordinal * ORDER_NUMBERS + i)),
            "ORDER");
    for (int i = 0; i < customer->ticket_count; i++)
        search_terms_add_whole(terms, ticket_rows_number(store->arena, customer, i), "TICKET");
    for (int i = 0; i < customer->product_count; i++) {
        struct str service = customer->products[i].service_identifier;
        if (service.at != NULL && service.at[0] == '+')
            search_terms_add_telephone(terms, service, "SERVICE");
        else if (service.at != NULL)
            search_terms_add_whole(terms, service, "SERVICE");
    }
    resource_rows_terms(customer, terms);
}

static void add_terms(struct store *store, const struct demo_customer *customer)
{
    struct search_terms terms;
    search_terms_init(&terms, store->arena);
    collect_terms(store, customer, &terms);
    int64_t page = search_page(customer->ordinal, customer->partner_id);
    for (uint32_t i = 0; i < terms.count; i++) {
        struct cell cells[] = {cell_text(terms.items[i].term), cell_int(customer->ordinal),
                               word(terms.items[i].kind), cell_int(page)};
        STORE_ROW(store, TERM, cells);
    }
}

struct store *store_create(struct arena *arena, const struct vault *vault)
{
    struct store *store = arena_new(arena, struct store);
    store->arena = arena;
    for (int i = 0; i < TABLES; i++)
        batch_init(&store->batches[i], &tables[i], arena);
    store->parties = party_rows_create(arena);
    store->extras = extras_rows_create(arena);
    store->order_details = order_rows_create(arena);
    store->tickets = ticket_rows_create(arena);
    store->usage = usage_rows_create(arena);
    store->messages = message_rows_create(arena);
    store->interactions = interaction_rows_create(arena);
    store->resources = resource_rows_create(arena, vault);
    store->feasibility = feasibility_rows_create(arena);
    store->mobile = mobile_rows_create(arena, vault);
    return store;
}

void store_add(struct store *store, const struct demo_customer *customer)
{
    add_customer(store, customer);
    add_contacts(store, customer);
    add_accounts(store, customer);
    add_products(store, customer);
    add_bills_and_entries(store, customer);
    add_orders(store, customer);
    party_rows_add(store->parties, customer);
    extras_rows_add(store->extras, customer);
    order_rows_add(store->order_details, customer);
    ticket_rows_add(store->tickets, customer);
    message_rows_add(store->messages, customer);
    interaction_rows_add(store->interactions, customer);
    resource_rows_add(store->resources, customer);
    feasibility_rows_add(store->feasibility, customer);
    mobile_rows_add(store->mobile, customer);
    add_terms(store, customer);
    usage_rows_add(store->usage, customer);
}

enum status store_send(struct store *store, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&store->batches[i], database, NULL));
    TRY(party_rows_send(store->parties, database));
    TRY(extras_rows_send(store->extras, database));
    TRY(order_rows_send(store->order_details, database));
    TRY(ticket_rows_send(store->tickets, database));
    TRY(usage_rows_send(store->usage, database));
    TRY(message_rows_send(store->messages, database));
    TRY(resource_rows_send(store->resources, database));
    TRY(feasibility_rows_send(store->feasibility, database));
    TRY(mobile_rows_send(store->mobile, database));
    return interaction_rows_send(store->interactions, database);
}
