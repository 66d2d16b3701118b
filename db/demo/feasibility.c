/* feasibility: what the operator of the demonstration sells to whom: rules, places, stock, credit.
 */
#include "feasibility.h"

#include "base/arena.h"
#include "base/buf.h"
#include "catalogue.h"
#include "cells.h"
#include "db/batch.h"
#include "names.h"
#include "purpose.h"
#include "random.h"

/* ---- rules ---- */

enum { LINE_BY_BILL = 1, LINE_FROM_CREDIT = 2 }; /* ids of specifications */

#define ALL          .subject_offering = DEMO_NONE
#define OF(position) .subject_offering = (position)
#define NO_TARGET    .target_offering = DEMO_NONE

/* What is said in one language, case by case. */
struct rule_words {
    const char *refused, *unknown, *later, *slower, *none;
};

/* clang-format off */
static const struct {
    const char *code, *state, *kind, *result;
    bool ends;
    int subject_offering;           /* position in the catalogue, or DEMO_NONE */
    int subject_specification;
    const char *subject_category;
    int target_offering;
    const char *target_category;
    int number;
    const char *word;
    struct rule_words english, german;
} rules[] = {
    {"ON-SALE", "ACTIVE", "ON_SALE", "UNQUALIFIED", ALL, NO_TARGET,
     .english = {.refused = "It is not sold any more."},
     .german = {.refused = "Es wird nicht mehr verkauft."}},
    {"IN-STOCK", "ACTIVE", "STOCK", "UNQUALIFIED", ALL, NO_TARGET,
     .english = {.refused = "Only {number} of them are in stock.", .none = "It is out of stock."},
     .german = {.refused = "Davon sind nur {number} auf Lager.", .none = "Es ist nicht auf Lager."}},
    {"NO-ARREARS", "ACTIVE", "ARREARS", "UNQUALIFIED", ALL, NO_TARGET,
     .english = {.refused = "Something is overdue; until it is paid nothing new is set up."},
     .german = {.refused = "Es ist etwas überfällig; bis es bezahlt ist, wird nichts Neues eingerichtet."}},
    {"ADULT-MOBILE", "ACTIVE", "MINIMUM_AGE", "UNQUALIFIED", ALL, .subject_specification = LINE_BY_BILL, NO_TARGET, .number = 18,
     .english = {.refused = "A line by bill is sold from the age of {limit}; the customer is {number}.", .unknown = "The date of birth is not known; a line by bill is sold from the age of {limit}."},
     .german = {.refused = "Einen Vertrag mit Rechnung gibt es ab {limit} Jahren, der Kunde ist {number}.", .unknown = "Das Geburtsdatum ist nicht bekannt; Verträge mit Rechnung gibt es ab {limit} Jahren."}},
    {"ADULT-LINE", "ACTIVE", "MINIMUM_AGE", "UNQUALIFIED", ALL, .subject_category = "FIBRE,BROADBAND,VOICE,DEVICE", NO_TARGET, .number = 18,
     .english = {.refused = "It is sold from the age of {limit}; the customer is {number}.", .unknown = "The date of birth is not known; it is sold from the age of {limit}."},
     .german = {.refused = "Das gibt es ab {limit} Jahren, der Kunde ist {number}.", .unknown = "Das Geburtsdatum ist nicht bekannt; das gibt es ab {limit} Jahren."}},
    {"YOUNG-ONLY", "ACTIVE", "MAXIMUM_AGE", "UNQUALIFIED", OF(MOBILE_YOUNG), NO_TARGET, .number = 27,
     .english = {.refused = "It is for customers of at most {limit} years; this one is {number}.", .unknown = "The date of birth is not known; it is for customers of at most {limit} years."},
     .german = {.refused = "Es ist für Kunden bis {limit} Jahre, dieser ist {number}.", .unknown = "Das Geburtsdatum ist nicht bekannt; es ist für Kunden bis {limit} Jahre."}},
    {"BUSINESS-M", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(MOBILE_BUSINESS_M), NO_TARGET, .word = "BUSINESS,CALL_SHOP",
     .english = {.refused = "It is for companies."}, .german = {.refused = "Es ist für Unternehmen."}},
    {"BUSINESS-L", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(MOBILE_BUSINESS_L), NO_TARGET, .word = "BUSINESS,CALL_SHOP",
     .english = {.refused = "It is for companies."}, .german = {.refused = "Es ist für Unternehmen."}},
    {"BUSINESS-FIBRE", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(FIBRE_BUSINESS), NO_TARGET, .word = "BUSINESS,CALL_SHOP",
     .english = {.refused = "It is for companies."}, .german = {.refused = "Es ist für Unternehmen."}},
    {"BUSINESS-VOICE", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(VOICE_BUSINESS), NO_TARGET, .word = "BUSINESS,CALL_SHOP",
     .english = {.refused = "It is for companies."}, .german = {.refused = "Es ist für Unternehmen."}},
    {"CALL-SHOP-ONLY", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(VOICE_CALL_SHOP), NO_TARGET, .word = "CALL_SHOP",
     .english = {.refused = "It is for call shops."}, .german = {.refused = "Es ist für Callshops."}},
    {"PRIVATE-YOUNG", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(MOBILE_YOUNG), NO_TARGET, .word = "RESIDENTIAL",
     .english = {.refused = "It is for private customers."}, .german = {.refused = "Es ist für Privatkunden."}},
    {"PRIVATE-KIDS", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(PREPAID_KIDS), NO_TARGET, .word = "RESIDENTIAL",
     .english = {.refused = "It is for private customers."}, .german = {.refused = "Es ist für Privatkunden."}},
    {"PRIVATE-FAMILY", "ACTIVE", "CUSTOMER_KIND", "UNQUALIFIED", OF(FAMILY_BUNDLE), NO_TARGET, .word = "RESIDENTIAL",
     .english = {.refused = "It is for private customers."}, .german = {.refused = "Es ist für Privatkunden."}},
    {"CREDIT-LINE", "ACTIVE", "CREDIT_CLASS", "UNQUALIFIED", ALL, .subject_specification = LINE_BY_BILL, NO_TARGET, .word = "C",
     .english = {.refused = "The credit does not do for a line by bill.", .unknown = "The credit has not been checked yet."},
     .german = {.refused = "Die Bonität reicht nicht für einen Vertrag mit Rechnung.", .unknown = "Die Bonität ist noch nicht geprüft."}},
    {"CREDIT-PHONE", "ACTIVE", "CREDIT_CLASS", "UNQUALIFIED", OF(SMARTPHONE), NO_TARGET, .word = "B",
     .english = {.refused = "The credit does not do for instalments.", .unknown = "The credit has not been checked yet."},
     .german = {.refused = "Die Bonität reicht nicht für Ratenzahlung.", .unknown = "Die Bonität ist noch nicht geprüft."}},
    {"IDENTITY-MOBILE", "ACTIVE", "IDENTITY", "CONDITIONAL", ALL, .subject_category = "MOBILE", NO_TARGET,
     .english = {.refused = "Before the line is switched on, somebody has to look at a valid identification."},
     .german = {.refused = "Bevor der Anschluss geschaltet wird, muss ein gültiger Ausweis geprüft werden."}},
    {"REACHED", "ACTIVE", "TECHNOLOGY", "UNQUALIFIED", ALL, .subject_category = "FIBRE,BROADBAND", NO_TARGET,
     .english = {.refused = "No line of this kind reaches this address.", .unknown = "Which lines there are depends on the address; none is known.", .later = "A line of this kind reaches this address from {date}.", .slower = "At this address there are at most {number} Mbit/s."},
     .german = {.refused = "An dieser Adresse liegt kein solcher Anschluss.", .unknown = "Welche Anschlüsse es gibt, hängt von der Adresse ab; es ist keine bekannt.", .later = "An dieser Adresse gibt es einen solchen Anschluss ab {date}.", .slower = "An dieser Adresse sind höchstens {number} Mbit/s möglich."}},
    {"REACHED-FAMILY", "ACTIVE", "TECHNOLOGY", "UNQUALIFIED", OF(FAMILY_BUNDLE), NO_TARGET, .word = "FTTH",
     .english = {.refused = "It needs fibre, which does not reach this address.", .unknown = "It needs fibre; no address is known.", .later = "Fibre reaches this address from {date}.", .slower = "At this address fibre gives at most {number} Mbit/s."},
     .german = {.refused = "Es braucht Glasfaser, die an dieser Adresse nicht liegt.", .unknown = "Es braucht Glasfaser; es ist keine Adresse bekannt.", .later = "Glasfaser gibt es an dieser Adresse ab {date}.", .slower = "Glasfaser gibt an dieser Adresse höchstens {number} Mbit/s."}},
    {"ROAM-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(ROAMING_PLUS), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"DATA-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(DATA_10), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"SIM-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(SECOND_SIM), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"MAIL-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(VOICEMAIL_PLUS), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"ABROAD-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(ABROAD_100), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"PHONE-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(SMARTPHONE), NO_TARGET, .target_category = "MOBILE",
     .english = {.refused = "It needs a mobile line."}, .german = {.refused = "Es setzt einen Mobilfunkanschluss voraus."}},
    {"IP-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(STATIC_ADDRESS), NO_TARGET, .target_category = "FIBRE,BROADBAND",
     .english = {.refused = "It needs an internet line."}, .german = {.refused = "Es setzt einen Internetanschluss voraus."}},
    {"ROUTER-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(ROUTER), NO_TARGET, .target_category = "FIBRE,BROADBAND",
     .english = {.refused = "It needs an internet line."}, .german = {.refused = "Es setzt einen Internetanschluss voraus."}},
    {"TV-NEEDS-LINE", "ACTIVE", "REQUIRES", "UNQUALIFIED", ALL, .subject_category = "TV", NO_TARGET, .target_category = "FIBRE,BROADBAND",
     .english = {.refused = "Television comes over an internet line; there is none."}, .german = {.refused = "Fernsehen kommt über einen Internetanschluss; es gibt keinen."}},
    {"BOX-NEEDS-TV", "ACTIVE", "REQUIRES", "UNQUALIFIED", OF(TV_BOX), NO_TARGET, .target_category = "TV",
     .english = {.refused = "It needs a television package."}, .german = {.refused = "Es setzt ein Fernsehpaket voraus."}},
    {"NO-DATA-ON-TOP", "ACTIVE", "EXCLUDES", "UNQUALIFIED", OF(DATA_10), .target_offering = MOBILE_UNLIMITED,
     .english = {.refused = "With {other} there is no limit that could be raised."}, .german = {.refused = "Mit {other} gibt es keine Grenze, die erhöht werden könnte."}},
    {"ONE-PACKAGE", "ACTIVE", "EXCLUDES", "UNQUALIFIED", OF(TV_START), .target_offering = TV_MAX,
     .english = {.refused = "{other} already has all of it."}, .german = {.refused = "{other} enthält das alles schon."}},
    {"FIBRE-FOR-COPPER", "ACTIVE", "REPLACES", "CONDITIONAL", ALL, .subject_category = "FIBRE", NO_TARGET, .target_category = "BROADBAND",
     .english = {.refused = "It takes the place of {other}, which has to be ended."}, .german = {.refused = "Es ersetzt {other}, das dafür beendet werden muss."}},
    {"BOUND", "ACTIVE", "BINDING", "UNQUALIFIED", .ends = true, ALL, NO_TARGET,
     .english = {.refused = "The minimum term is not over; it can be ended from {date}."}, .german = {.refused = "Die Mindestlaufzeit ist nicht vorbei; kündbar ab {date}."}},
    {"TV-KEEPS-LINE", "ACTIVE", "EXCLUDES", "UNQUALIFIED", .ends = true, ALL, .subject_category = "FIBRE,BROADBAND", NO_TARGET, .target_category = "TV",
     .english = {.refused = "{other} needs it; that has to be ended as well."}, .german = {.refused = "{other} braucht es und muss mit beendet werden."}},
    {"THREE-PREPAID", "ACTIVE", "LINES", "UNQUALIFIED", ALL, .subject_specification = LINE_FROM_CREDIT, NO_TARGET, .number = 3,
     .english = {.refused = "A customer may have {limit} lines from credit; there are {number}."}, .german = {.refused = "Ein Kunde darf {limit} Anschlüsse mit Guthaben haben; es sind schon {number}."}},
    {"ONE-FAMILY", "ACTIVE", "HOUSEHOLD", "UNQUALIFIED", OF(FAMILY_BUNDLE), NO_TARGET, .number = 1,
     .english = {.refused = "There is one in the household already.", .unknown = "There is one for each household; no address is known."},
     .german = {.refused = "Im Haushalt gibt es schon eines.", .unknown = "Je Haushalt gibt es eines; es ist keine Adresse bekannt."}},
    {"CREDIT-DEVICES", "TRIAL", "CREDIT_CLASS", "UNQUALIFIED", ALL, .subject_category = "DEVICE", NO_TARGET, .word = "A",
     .english = {.refused = "Devices only for customers who always pay.", .unknown = "The credit has not been checked yet."},
     .german = {.refused = "Geräte nur für Kunden, die immer zahlen.", .unknown = "Die Bonität ist noch nicht geprüft."}},
    {"ONE-BUSINESS-FIBRE", "DRAFT", "LINES", "UNQUALIFIED", OF(FIBRE_BUSINESS), NO_TARGET, .number = 1,
     .english = {.refused = "A company gets {limit} of them."}, .german = {.refused = "Ein Unternehmen bekommt {limit} davon."}},
};
/* clang-format on */

static const struct batch_table rule_table = {
    .name = "feasibility_rule",
    .columns =
        "id, code, version, state, valid_from, kind, result, ends, offering_id, specification_id,"
        " category, target_offering_id, target_category, number, word, texts",
};

static void add_case(struct buf *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    buf_printf(out, "%s\"%s\":", out->at[out->len - 1] == '{' ? "" : ",", name);
    buf_add_json_string(out, str_of(text));
}

static void add_words(struct buf *out, const char *language, const struct rule_words *words)
{
    buf_printf(out, "%s\"%s\":{", out->at[out->len - 1] == '{' ? "" : ",", language);
    add_case(out, "refused", words->refused);
    add_case(out, "unknown", words->unknown);
    add_case(out, "later", words->later);
    add_case(out, "slower", words->slower);
    add_case(out, "none", words->none);
    buf_add_char(out, '}');
}

static struct cell offering_or_null(int position)
{
    return position == DEMO_NONE ? null_cell : cell_int(catalogue[position].offering.id);
}

static struct cell number_or_null(int number)
{
    return number == 0 ? null_cell : cell_int(number);
}

static enum status store_rules(struct database *database, struct arena *arena)
{
    struct batch batch;
    batch_init(&batch, &rule_table, arena);
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        struct buf texts;
        buf_init(&texts, arena, 256);
        buf_add_char(&texts, '{');
        add_words(&texts, "en", &rules[i].english);
        add_words(&texts, "de", &rules[i].german);
        buf_add_char(&texts, '}');
        struct cell cells[] = {
            cell_int((int64_t)i + 1),
            word(rules[i].code),
            cell_int(1),
            word(rules[i].state),
            {.kind = CELL_DATE, .integer = 0}, /* since 1970 */
            word(rules[i].kind),
            word(rules[i].result),
            cell_int(rules[i].ends),
            offering_or_null(rules[i].subject_offering),
            number_or_null(rules[i].subject_specification),
            word(rules[i].subject_category),
            offering_or_null(rules[i].target_offering),
            word(rules[i].target_category),
            number_or_null(rules[i].number),
            word(rules[i].word),
            cell_text(buf_str(&texts)),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

/* ---- places ---- */

enum { FIBRE_MBIT = 1000, COPPER_MBIT = 100, FAR_COPPER_MBIT = 50, CABLE_MBIT = 250 };
enum { FIBRE_COMES_IN = 400 }; /* days */

static const struct batch_table coverage_table = {
    .name = "service_coverage",
    .columns = "country, postcode, technology, download_mbit, available_from",
};

/* Towns that are different from the rest. */
static const char *const without_fibre[] = {"17489", "02826", "29200", "V92 K5E1", NULL};
static const char *const fibre_comes[] = {"23552", "34117", "R95 C1T5", "57000", NULL};
static const char *const far_away[] = {"17489", "F91 H4V8", "63000", NULL};

static bool is_among(const char *const *list, struct str postcode)
{
    while (*list != NULL && !str_is(postcode, *list))
        list++;
    return *list != NULL;
}

static void add_coverage(struct batch *batch, const char *country, struct str postcode,
                         const char *technology, int mbit, int64_t from)
{
    struct cell cells[] = {
        word(country),
        cell_text(postcode),
        word(technology),
        cell_int(mbit),
        {.kind = CELL_DATE, .integer = from},
    };
    memcpy(batch_row(batch), cells, sizeof(cells));
}

static void add_town(struct batch *batch, const char *country, struct str postcode, uint32_t place,
                     int64_t day)
{
    int64_t ages_ago = day - 3650;
    if (!is_among(without_fibre, postcode))
        add_coverage(batch, country, postcode, "FTTH", FIBRE_MBIT,
                     is_among(fibre_comes, postcode) ? day + FIBRE_COMES_IN : ages_ago);
    add_coverage(batch, country, postcode, "VDSL",
                 is_among(far_away, postcode) ? FAR_COPPER_MBIT : COPPER_MBIT, ages_ago);
    if (place % 3 != 0)
        add_coverage(batch, country, postcode, "CABLE", CABLE_MBIT, ages_ago);
}

static enum status store_coverage(struct database *database, struct arena *arena, int64_t day)
{
    struct batch batch;
    batch_init(&batch, &coverage_table, arena);
    for (int language = DEMO_GERMAN; language <= DEMO_FRENCH; language++) {
        const char *const *towns = names[language].towns;
        for (uint32_t i = 0; towns[i] != NULL; i++) {
            size_t len = (size_t)(strchr(towns[i], '|') - towns[i]);
            add_town(&batch, names[language].country, (struct str){.at = towns[i], .len = len}, i,
                     day);
        }
    }
    return batch_send(&batch, database, NULL);
}

/* ---- stock ---- */

static const struct {
    int offering, available, expected_in; /* days; 0: nobody knows */
} stock[] = {
    {SMARTPHONE, 120, 0},
    {ROUTER, 4000, 0},
    {TV_BOX, 0, 420},
};

static enum status store_stock(struct database *database, struct arena *arena, int64_t day)
{
    static const struct batch_table table = {
        .name = "product_stock",
        .columns = "offering_id, available, delivered, expected_on",
    };
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (size_t i = 0; i < sizeof(stock) / sizeof(stock[0]); i++) {
        struct cell cells[] = {
            cell_int(catalogue[stock[i].offering].offering.id),
            cell_int(stock[i].available),
            cell_int(stock[i].available),
            date_or_null(stock[i].expected_in == 0 ? 0 : day + stock[i].expected_in),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

enum status feasibility_store(struct database *database, struct arena *arena, int64_t day)
{
    TRY(store_rules(database, arena));
    TRY(store_coverage(database, arena, day));
    return store_stock(database, arena, day);
}

/* ---- how customers pay ---- */

static const struct batch_table profile_table = {
    .name = "credit_profile",
    .columns = "customer_id, class, checked_on",
};

struct feasibility_rows {
    struct batch profiles;
};

struct feasibility_rows *feasibility_rows_create(struct arena *arena)
{
    struct feasibility_rows *rows = arena_new(arena, struct feasibility_rows);
    batch_init(&rows->profiles, &profile_table, arena);
    return rows;
}

static bool is_in_arrears(const struct demo_customer *customer)
{
    for (int i = 0; i < customer->account_count; i++) {
        if (strcmp(customer->accounts[i].payment_status, "IN_ARREARS") == 0)
            return true;
    }
    return false;
}

/* Whoever has held something by bill was looked at when they came, and again when they stopped
 * paying. */
void feasibility_rows_add(struct feasibility_rows *rows, const struct demo_customer *customer)
{
    static const char *const classes[] = {"A", "B", "C", "D", "E"};
    static const uint32_t ordinary[] = {500, 320, 130, 40, 10, 0};
    struct random random =
        random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_CREDIT);
    if (model_is_prospect(customer) || strcmp(customer->status, "INITIALIZED") == 0)
        return;
    bool arrears = is_in_arrears(customer);
    struct cell cells[] = {
        cell_int(customer->ordinal),
        word(arrears ? "E" : classes[random_weighted(&random, ordinary)]),
        {.kind = CELL_DATE, .integer = arrears ? customer->world->day - 30 : customer->since},
    };
    memcpy(batch_row(&rows->profiles), cells, sizeof(cells));
}

enum status feasibility_rows_send(struct feasibility_rows *rows, struct database *database)
{
    return batch_send(&rows->profiles, database, NULL);
}
