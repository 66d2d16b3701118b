/* model: how a generated customer grows. */
#include "model.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "telephone.h"
#include <assert.h>

struct demo_contact *model_add_contact(struct demo_customer *customer, const char *kind,
                                       struct str value)
{
    assert(customer->contact_count < DEMO_CONTACTS);
    struct demo_contact *contact = &customer->contacts[customer->contact_count++];
    *contact = (struct demo_contact){.kind = kind, .value = value};
    return contact;
}

struct demo_address *model_add_address(struct demo_customer *customer, const char *role)
{
    assert(customer->address_count < DEMO_ADDRESSES);
    struct demo_address *address = &customer->addresses[customer->address_count++];
    *address = (struct demo_address){.role = role};
    return address;
}

int model_account(struct demo_customer *customer, bool prepaid)
{
    for (int i = 0; i < customer->account_count; i++) {
        if (customer->accounts[i].prepaid == prepaid)
            return i;
    }
    assert(customer->account_count < DEMO_ACCOUNTS);
    customer->accounts[customer->account_count] = (struct demo_account){
        .prepaid = prepaid,
        .payment_status = "PAID",
        .payment_method = prepaid ? "VOUCHER" : "BANK_TRANSFER",
        .dunning_state = "NONE",
    };
    return customer->account_count++;
}

static bool is_prepaid(int offering)
{
    return offering == PREPAID_BASIC || offering == PREPAID_PLUS || offering == PREPAID_KIDS;
}

static struct str service_identifier(struct demo_customer *customer, int offering)
{
    const char *category = catalogue[offering].offering.category;
    if (strcmp(category, "MOBILE") == 0)
        return telephone_mobile(customer);
    if (strcmp(category, "VOICE") == 0)
        return telephone_fixed(customer);
    if ((strcmp(category, "FIBRE") == 0 || strcmp(category, "BROADBAND") == 0) &&
        offering != FAMILY_BUNDLE)
        return str_printf(customer->arena, "L%07lld-%d", (long long)customer->ordinal,
                          customer->product_count + 1);
    return (struct str){0};
}

int model_add_product(struct demo_customer *customer, int offering, int parent, int64_t start_date)
{
    assert(customer->product_count < customer->product_capacity);
    int position = customer->product_count;
    bool child = parent != DEMO_NONE;
    int term = catalogue[offering].term_months;
    struct demo_product *product = &customer->products[position];
    *product = (struct demo_product){
        .offering = offering,
        .parent = parent,
        .account = child && !is_prepaid(offering) ? customer->products[parent].account
                                                  : model_account(customer, is_prepaid(offering)),
        .status = "ACTIVE",
        .service_identifier = service_identifier(customer, offering),
        .start_date = start_date,
        .binding_until = term == 0 ? 0 : dates_add_months(start_date, term) - 1,
    };
    customer->product_count++;
    return position;
}

int model_add_order(struct demo_customer *customer, const char *state, const char *channel,
                    int64_t ordered_at)
{
    assert(customer->order_count < DEMO_ORDERS);
    customer->orders[customer->order_count] =
        (struct demo_order){.state = state, .channel = channel, .ordered_at = ordered_at};
    return customer->order_count++;
}

struct demo_item *model_add_item(struct demo_customer *customer, const char *action, int offering,
                                 int product)
{
    assert(customer->item_count < DEMO_ITEMS && customer->order_count > 0);
    int order = customer->order_count - 1, before = 0;
    for (int i = 0; i < customer->item_count; i++)
        before += customer->items[i].order == order;
    int64_t monthly = catalogue[offering].monthly_minor;
    struct demo_item *item = &customer->items[customer->item_count++];
    *item = (struct demo_item){
        .order = order,
        .position = before + 1,
        .action = action,
        .state = customer->orders[order].state,
        .offering = offering,
        .product = product,
        .quantity = 1,
        .price_minor = strcmp(action, "DELETE") == 0 ? 0
                       : monthly != 0                ? monthly
                                                     : catalogue[offering].once_minor,
    };
    return item;
}

struct demo_entry *model_add_entry(struct demo_customer *customer, int account, const char *kind,
                                   int64_t amount_minor, int64_t effective_at)
{
    assert(customer->entry_count < DEMO_ENTRIES);
    customer->accounts[account].balance_minor += amount_minor;
    struct demo_entry *entry = &customer->entries[customer->entry_count++];
    *entry = (struct demo_entry){
        .account = account,
        .kind = kind,
        .amount_minor = amount_minor,
        .balance_after_minor = customer->accounts[account].balance_minor,
        .effective_at = effective_at,
        .bill = DEMO_NONE,
    };
    return entry;
}

struct demo_ticket *model_add_ticket(struct demo_customer *customer, struct str subject,
                                     int64_t opened_at)
{
    assert(customer->ticket_count < DEMO_TICKETS);
    struct demo_ticket *ticket = &customer->tickets[customer->ticket_count++];
    *ticket = (struct demo_ticket){
        .severity = "MINOR",
        .priority = "MEDIUM",
        .status = "ACKNOWLEDGED",
        .subject = subject,
        .product = DEMO_NONE,
        .order = DEMO_NONE,
        .opened_at = opened_at,
        .updated_at = opened_at,
    };
    return ticket;
}

static void grow_articles(struct demo_customer *customer)
{
    int capacity = customer->article_capacity == 0 ? 8 : customer->article_capacity * 2;
    struct demo_article *articles =
        arena_array(customer->arena, struct demo_article, (size_t)capacity);
    if (customer->article_count > 0)
        memcpy(articles, customer->articles, sizeof(*articles) * (size_t)customer->article_count);
    customer->articles = articles;
    customer->article_capacity = capacity;
}

struct demo_article *model_add_article(struct demo_customer *customer, const char *written,
                                       struct str author, struct str text, int64_t written_at)
{
    assert(customer->ticket_count > 0 && customer->article_count < DEMO_IDS - 1);
    if (customer->article_count == customer->article_capacity)
        grow_articles(customer);
    struct demo_ticket *ticket = &customer->tickets[customer->ticket_count - 1];
    if (ticket->updated_at < written_at)
        ticket->updated_at = written_at;
    if (strcmp(written, "CUSTOMER") == 0)
        ticket->last_customer_at = written_at;
    else
        ticket->last_agent_at = written_at;
    struct demo_article *article = &customer->articles[customer->article_count++];
    *article = (struct demo_article){
        .ticket = customer->ticket_count - 1,
        .written = written,
        .author = author,
        .text = text,
        .written_at = written_at,
    };
    return article;
}

void model_add_note(struct demo_customer *customer, struct str author, struct str text,
                    int64_t written_at)
{
    int64_t agent_at = customer->tickets[customer->ticket_count - 1].last_agent_at;
    model_add_article(customer, "AGENT", author, text, written_at)->note = true;
    customer->tickets[customer->ticket_count - 1].last_agent_at = agent_at;
}

bool model_ticket_is_open(const struct demo_ticket *ticket)
{
    return strcmp(ticket->status, "CLOSED") != 0 && strcmp(ticket->status, "CANCELLED") != 0 &&
           strcmp(ticket->status, "REJECTED") != 0;
}

int model_open_tickets(const struct demo_customer *customer)
{
    int open = 0;
    for (int i = 0; i < customer->ticket_count; i++)
        open += model_ticket_is_open(&customer->tickets[i]);
    return open;
}

struct demo_message *model_add_message(struct demo_customer *customer)
{
    assert(customer->message_count < DEMO_IDS - 1);
    if (customer->message_count == customer->message_capacity) {
        int capacity = customer->message_capacity == 0 ? 16 : customer->message_capacity * 2;
        struct demo_message *messages =
            arena_array(customer->arena, struct demo_message, (size_t)capacity);
        if (customer->message_count > 0)
            memcpy(messages, customer->messages,
                   sizeof(*messages) * (size_t)customer->message_count);
        customer->messages = messages;
        customer->message_capacity = capacity;
    }
    return &customer->messages[customer->message_count++];
}

bool model_is_prospect(const struct demo_customer *customer)
{
    return strcmp(customer->status, "PROSPECT") == 0;
}

int model_open_orders(const struct demo_customer *customer)
{
    int open = 0;
    for (int i = 0; i < customer->order_count; i++)
        open += customer->orders[i].completed_at == 0;
    return open;
}

int model_held(const struct demo_customer *customer, enum product_category category)
{
    struct str name = product_category_name(category);
    int held = 0;
    for (int i = 0; i < customer->product_count; i++) {
        const char *status = customer->products[i].status;
        bool is_held = strcmp(status, "ACTIVE") == 0 || strcmp(status, "SUSPENDED") == 0 ||
                       strcmp(status, "PENDING_TERMINATE") == 0;
        held +=
            is_held && str_is(name, catalogue[customer->products[i].offering].offering.category);
    }
    return held;
}

int model_active_products(const struct demo_customer *customer)
{
    int active = 0;
    for (int i = 0; i < customer->product_count; i++)
        active += strcmp(customer->products[i].status, "ACTIVE") == 0;
    return active;
}
