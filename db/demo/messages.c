/* messages: what was written to a customer in the last twelve months, in step with orders, products
 * and the ledger.
 *
 * Of what recurs each month only the newest months are kept, or a million customers would have
 * sixty-three million messages.
 */
#include "messages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/placeholder.h"
#include "catalogue.h"
#include "db/dates.h"
#include "db/number.h"
#include "db/written.h"
#include "mariadb/calendar.h"
#include "purpose.h"
#include "random.h"
#include <stdio.h>

enum {
    HISTORY_DAYS = 365,
    BILLS_DAYS = 92,     /* of bills and top-ups */
    SMS_PERMILLE = 3700, /* a year, besides those of top-ups */
    SMS_MOST = 12,
    INPUTS = 10,
    PRODUCTS_NAMED = 6,
    REMINDER_FEE_MINOR = 500,
    ORDER_NUMBERS = 40,
};

static const int64_t MINUTE = (int64_t)60 * 1000000;

static int64_t day_of(int64_t moment)
{
    return moment / (24 * 60 * MINUTE);
}

/* One message on its way into the model. */
struct writing {
    struct demo_customer *customer;
    struct random *random;
    struct message_template template;
    int64_t sent_at;
    struct placeholder inputs[INPUTS];
    uint32_t count;
};

/* ---- words of the languages ---- */

static struct str language_of(const struct demo_customer *customer)
{
    return str_of(message_texts_locale(customer->language));
}

static struct str date_words(const struct demo_customer *customer, int64_t day)
{
    return written_date(customer->arena, language_of(customer), day);
}

static struct str month_words(const struct demo_customer *customer, int64_t day)
{
    return written_month(customer->arena, language_of(customer), day);
}

static struct str amount_words(const struct demo_customer *customer, int64_t minor)
{
    return written_amount(customer->arena, language_of(customer), minor, STR("EUR"));
}

static struct str address_lines(const struct demo_customer *customer)
{
    if (customer->address_count == 0)
        return customer->display_name;
    const struct demo_address *address = &customer->addresses[0];
    for (int i = 1; i < customer->address_count; i++)
        if (strcmp(customer->addresses[i].role, "BILLING") == 0)
            address = &customer->addresses[i];
    return str_printf(customer->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT " " STR_FMT,
                      STR_ARG(customer->display_name), STR_ARG(address->street),
                      STR_ARG(address->postcode), STR_ARG(address->city));
}

/* ---- one message ---- */

static void put(struct writing *writing, const char *name, struct str value)
{
    writing->inputs[writing->count++] = (struct placeholder){.name = str_of(name), .value = value};
}

static int64_t days_ago(const struct demo_customer *customer, int64_t sent_at)
{
    return customer->world->day - day_of(sent_at);
}

static struct writing begin_with(struct demo_customer *customer, struct random *random,
                                 struct message_template template, int64_t sent_at, struct str date)
{
    struct writing writing = {
        .customer = customer, .random = random, .template = template, .sent_at = sent_at};
    put(&writing, "name", customer->display_name);
    if (strcmp(template.kind, "LETTER") != 0)
        return writing;
    put(&writing, "address", address_lines(customer));
    put(&writing, "date", date);
    put(&writing, "number",
        number_text(customer->arena, number_generated(NUMBER_CUSTOMER, customer->ordinal)));
    return writing;
}

static struct writing begin(struct demo_customer *customer, struct random *random,
                            enum message_text text, int64_t sent_at)
{
    return begin_with(customer, random,
                      message_texts_find(customer->language, text, days_ago(customer, sent_at)),
                      sent_at, date_words(customer, day_of(sent_at)));
}

static struct str json_of(const struct writing *writing)
{
    struct buf out;
    buf_init(&out, writing->customer->arena, 256);
    for (uint32_t i = 0; i < writing->count; i++) {
        buf_add_char(&out, i == 0 ? '{' : ',');
        buf_add_json_string(&out, writing->inputs[i].name);
        buf_add_char(&out, ':');
        buf_add_json_string(&out, writing->inputs[i].value);
    }
    buf_add_char(&out, '}');
    return buf_str(&out);
}

static const struct demo_contact *contact_of(const struct demo_customer *customer, bool mail)
{
    for (int i = 0; i < customer->contact_count; i++)
        if ((strcmp(customer->contacts[i].kind, "EMAIL") == 0) == mail)
            return &customer->contacts[i];
    return NULL;
}

static const char *draw_state(struct writing *writing)
{
    static const char *const states[] = {"COMPLETED", "FAILED", "CANCELLED"};
    static const uint32_t weights[] = {975, 20, 5, 0};
    bool fresh = days_ago(writing->customer, writing->sent_at) <= 1;
    bool letter = strcmp(writing->template.kind, "LETTER") == 0;
    if (fresh && random_permille(writing->random, letter ? 900 : 100))
        return letter && random_permille(writing->random, 300) ? "INITIAL" : "IN_PROGRESS";
    return states[random_weighted(writing->random, weights)];
}

static struct str recipient_of(struct writing *writing)
{
    const struct demo_customer *customer = writing->customer;
    if (strcmp(writing->template.kind, "LETTER") == 0)
        return customer->address_count == 0 ? STR("—") : customer->addresses[0].city;
    const struct demo_contact *contact =
        contact_of(customer, strcmp(writing->template.kind, "EMAIL") == 0);
    return written_in_part(customer->arena, contact->value);
}

/* Whether the customer can be reached this way at all. */
static bool is_reachable(const struct writing *writing)
{
    const char *kind = writing->template.kind;
    return strcmp(kind, "LETTER") == 0 ||
           contact_of(writing->customer, strcmp(kind, "EMAIL") == 0) != NULL;
}

static struct demo_message *send(struct writing *writing)
{
    struct arena *arena = writing->customer->arena;
    if (!is_reachable(writing))
        return NULL;
    const char *subject = writing->template.subject;
    bool letter = strcmp(writing->template.kind, "LETTER") == 0;
    struct demo_message *message = model_add_message(writing->customer);
    *message = (struct demo_message){
        .template = writing->template.id,
        .kind = writing->template.kind,
        .channel = !letter                                 ? writing->template.kind
                   : random_permille(writing->random, 300) ? "PORTAL"
                                                           : "POST",
        .direction = "OUTBOUND",
        .state = draw_state(writing),
        .sent_at = writing->sent_at,
        .subject = placeholder_fill(arena, str_of(subject == NULL ? "" : subject), writing->inputs,
                                    writing->count),
        .recipient = recipient_of(writing),
        .inputs = json_of(writing),
    };
    return message;
}

/* ---- what gives rise to messages ---- */

static bool is_recent(const struct demo_customer *customer, int64_t moment, int64_t most_days)
{
    int64_t ago = days_ago(customer, moment);
    return moment > 0 && ago >= 1 && ago <= most_days;
}

static struct str ordered_names(struct demo_customer *customer, int order)
{
    struct buf names;
    int named = 0;
    buf_init(&names, customer->arena, 256);
    for (int i = 0; i < customer->item_count && named < PRODUCTS_NAMED; i++) {
        const struct demo_item *item = &customer->items[i];
        if (item->order != order || strcmp(item->action, "NO_CHANGE") == 0)
            continue;
        buf_printf(&names, "%s– %s", named++ == 0 ? "" : "\n",
                   catalogue[item->offering].offering.name);
    }
    return buf_str(&names);
}

static void write_of_orders(struct demo_customer *customer, struct random *random)
{
    for (int i = 0; i < customer->order_count; i++) {
        const struct demo_order *order = &customer->orders[i];
        if (!is_recent(customer, order->ordered_at, HISTORY_DAYS))
            continue;
        struct writing mail = begin(customer, random, TEXT_ORDER, order->ordered_at + 2 * MINUTE);
        put(&mail, "order",
            number_text(customer->arena,
                        number_generated(NUMBER_ORDER, customer->ordinal * ORDER_NUMBERS + i)));
        put(&mail, "date", date_words(customer, day_of(order->ordered_at)));
        put(&mail, "products", ordered_names(customer, i));
        send(&mail);
    }
}

static void write_of_products(struct demo_customer *customer, struct random *random)
{
    int64_t today = customer->world->day;
    if (today - customer->since < HISTORY_DAYS && customer->order_count > 0) {
        int64_t sent_at = random_moment(random, customer->since);
        struct writing letter = begin(customer, random, TEXT_WELCOME, sent_at);
        put(&letter, "products", ordered_names(customer, 0));
        if (is_recent(customer, sent_at, HISTORY_DAYS))
            send(&letter);
    }
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        int64_t given = product->termination_date - 20;
        bool ends = strcmp(product->status, "TERMINATED") == 0 ||
                    strcmp(product->status, "PENDING_TERMINATE") == 0;
        if (!ends || product->parent != DEMO_NONE ||
            !is_recent(customer, dates_midnight(given), HISTORY_DAYS))
            continue;
        struct writing letter =
            begin(customer, random, TEXT_TERMINATION, random_moment(random, given));
        put(&letter, "until", date_words(customer, product->termination_date));
        put(&letter, "products",
            str_printf(customer->arena, "– %s", catalogue[product->offering].offering.name));
        send(&letter);
    }
}

static void write_of_reminder(struct demo_customer *customer, struct random *random,
                              const struct demo_entry *entry)
{
    int64_t billed = dates_first_of_month(day_of(entry->effective_at));
    struct writing letter =
        begin(customer, random, TEXT_REMINDER, entry->effective_at + 600 * MINUTE);
    put(&letter, "month", month_words(customer, billed - 1));
    put(&letter, "amount", amount_words(customer, entry->balance_after_minor));
    put(&letter, "fee", amount_words(customer, REMINDER_FEE_MINOR));
    send(&letter);
}

static void write_of_entries(struct demo_customer *customer, struct random *random)
{
    for (int i = 0; i < customer->entry_count; i++) {
        const struct demo_entry *entry = &customer->entries[i];
        const struct demo_account *account = &customer->accounts[entry->account];
        bool recent = is_recent(customer, entry->effective_at, BILLS_DAYS);
        int64_t day = day_of(entry->effective_at);
        if (strcmp(entry->kind, "FEE") == 0 &&
            is_recent(customer, entry->effective_at, HISTORY_DAYS)) {
            write_of_reminder(customer, random, entry);
        } else if (recent && strcmp(entry->kind, "TOP_UP") == 0) {
            struct writing sms = begin(customer, random, TEXT_TOP_UP, entry->effective_at + MINUTE);
            put(&sms, "amount", amount_words(customer, entry->amount_minor));
            send(&sms);
        } else if (recent && strcmp(entry->kind, "CHARGE") == 0 && !account->prepaid) {
            struct writing mail =
                begin(customer, random, TEXT_BILL, entry->effective_at + 420 * MINUTE);
            put(&mail, "month", month_words(customer, day - 1));
            put(&mail, "amount", amount_words(customer, entry->amount_minor));
            send(&mail);
        }
    }
}

/* Each customer of an active service heard of the change. */
static void write_of_prices(struct demo_customer *customer, struct random *random)
{
    int64_t sent_on = customer->world->day - 75;
    if (strcmp(customer->status, "ACTIVE") != 0 || customer->since > sent_on ||
        !random_permille(random, 300))
        return;
    struct writing letter = begin(customer, random, TEXT_PRICES,
                                  random_moment(random, sent_on - random_between(random, 0, 5)));
    put(&letter, "until", date_words(customer, customer->world->day - 14));
    send(&letter);
}

static void write_by_the_way(struct demo_customer *customer, struct random *random)
{
    static const char *const places[3][4] = {
        [DEMO_GERMAN] = {"Österreich", "Italien", "Spanien", "Dänemark"},
        [DEMO_ENGLISH] = {"Spain", "Portugal", "France", "Italy"},
        [DEMO_FRENCH] = {"Belgique", "Italie", "Espagne", "Allemagne"},
    };
    static const enum message_text texts[] = {TEXT_DATA_USED, TEXT_ROAMING, TEXT_SERVICE};
    static const uint32_t weights[] = {550, 300, 150, 0};
    int64_t today = customer->world->day, from = today - HISTORY_DAYS;
    from = customer->since > from ? customer->since : from;
    if (strcmp(customer->status, "ACTIVE") != 0 || from >= today)
        return;
    uint32_t count =
        random_times(random, (uint32_t)((today - from) * SMS_PERMILLE / HISTORY_DAYS), SMS_MOST);
    for (uint32_t i = 0; i < count; i++) {
        enum message_text text = texts[random_weighted(random, weights)];
        int64_t day = random_between(random, from, today - 1);
        struct writing sms = begin(customer, random, text, random_moment(random, day));
        put(&sms, "place", str_of(places[customer->language][random_below(random, 4)]));
        put(&sms, "date", date_words(customer, day + 3));
        send(&sms);
    }
}

/* ---- for stories ---- */

static struct random random_for(const struct demo_customer *customer, uint64_t stream)
{
    return random_of(customer->world->seed, (uint64_t)customer->ordinal,
                     PURPOSE_MESSAGES + (stream << 32));
}

static struct str notice_date(struct arena *arena, enum notice_language language, int64_t on)
{
    int year;
    unsigned month, day;
    calendar_date(on, &year, &month, &day);
    return language == NOTICE_JAPANESE ? str_printf(arena, "%d年%u月%u日", year, month, day)
                                       : str_printf(arena, "%u.%u.%d", day, month, year);
}

void messages_add_notice(struct demo_customer *customer, enum notice_language language,
                         int64_t sent_at)
{
    struct random random = random_for(customer, 1 + (uint64_t)language);
    int64_t sent_on = day_of(sent_at), from = dates_first_of_month(sent_on + 45);
    struct writing letter = begin_with(customer, &random, message_texts_notice(language), sent_at,
                                       notice_date(customer->arena, language, sent_on));
    put(&letter, "until", notice_date(customer->arena, language, from));
    struct demo_message *message = send(&letter);
    message->channel = "POST";
    message->state = "COMPLETED";
}

void messages_add_inquiry(struct demo_customer *customer, struct str about, struct str text,
                          struct str answer, int64_t sent_at)
{
    struct random random = random_for(customer, 16);
    struct writing mail = begin(customer, &random, TEXT_INQUIRY, sent_at);
    put(&mail, "about", about);
    put(&mail, "text", text);
    struct demo_message *received = send(&mail);
    if (received == NULL)
        return;
    received->direction = "INBOUND";
    received->state = "COMPLETED";
    if (answer.len == 0)
        return;
    struct writing reply = begin(customer, &random, TEXT_REPLY, sent_at + 120 * MINUTE);
    put(&reply, "about", about);
    put(&reply, "text", answer);
    send(&reply)->state = "COMPLETED";
}

void messages_make(struct demo_customer *customer)
{
    struct random random = random_for(customer, 0);
    write_of_orders(customer, &random);
    write_of_products(customer, &random);
    write_of_entries(customer, &random);
    write_of_prices(customer, &random);
    write_by_the_way(customer, &random);
}
