/* specifications: tables of what is sold, and the rows they become. */
#include "specifications.h"

#include "base/arena.h"
#include "catalogue.h"
#include "cells.h"
#include "db/batch.h"
#include "mariadb/database.h"

enum { NOTICE_DAYS = 30, BUSINESS_NOTICE_DAYS = 90, RENEWAL_MONTHS = 1 };

/* clang-format off */
enum specification {
    NONE, MOBILE_LINE, PREPAID_LINE, DSL_LINE, CABLE_LINE, FIBRE_LINE, BUNDLE, TELEPHONE_LINE, TELEVISION,
    STREAMING, OPTION, PASS, TERMINAL,
    SPECIFICATIONS,
};

static const struct {
    const char *code, *name, *category, *technology;
} specifications[SPECIFICATIONS] = {
    [MOBILE_LINE]    = {"SPEC-MOBILE",  "Mobile line by bill",      "MOBILE",    "NR"},
    [PREPAID_LINE]   = {"SPEC-PREPAID", "Mobile line from credit",  "MOBILE",    "LTE"},
    [DSL_LINE]       = {"SPEC-DSL",     "DSL line",                 "BROADBAND", "VDSL"},
    [CABLE_LINE]     = {"SPEC-CABLE",   "Cable line",               "BROADBAND", "CABLE"},
    [FIBRE_LINE]     = {"SPEC-FIBRE",   "Fibre line",               "FIBRE",     "FTTH"},
    [BUNDLE]         = {"SPEC-BUNDLE",  "Bundle around a fibre line", "FIBRE",   NULL},
    [TELEPHONE_LINE] = {"SPEC-VOICE",   "Telephone line",           "VOICE",     "VOIP"},
    [TELEVISION]     = {"SPEC-TV",      "Television package",       "TV",        "IPTV"},
    [STREAMING]      = {"SPEC-CONTENT", "Content by subscription",  "CONTENT",   NULL},
    [OPTION]         = {"SPEC-OPTION",  "Option of a line",         "ADD_ON",    NULL},
    [PASS]           = {"SPEC-PASS",    "Pass for a time",          "ADD_ON",    NULL},
    [TERMINAL]       = {"SPEC-DEVICE",  "Device",                   "DEVICE",    NULL},
};

static const struct {
    enum specification specification;
    int download_mbit, upload_mbit; /* 0: no line */
    int notice_days;                /* 0: it can be given up at once */
} sold[CATALOGUE_OFFERINGS] = {
    [MOBILE_S]          = {MOBILE_LINE,      50,  10, NOTICE_DAYS},
    [MOBILE_M]          = {MOBILE_LINE,     150,  50, NOTICE_DAYS},
    [MOBILE_L]          = {MOBILE_LINE,     300,  50, NOTICE_DAYS},
    [MOBILE_UNLIMITED]  = {MOBILE_LINE,     500, 100, NOTICE_DAYS},
    [MOBILE_YOUNG]      = {MOBILE_LINE,     150,  50, NOTICE_DAYS},
    [MOBILE_BUSINESS_M] = {MOBILE_LINE,     300,  50, BUSINESS_NOTICE_DAYS},
    [MOBILE_BUSINESS_L] = {MOBILE_LINE,     500, 100, BUSINESS_NOTICE_DAYS},
    [PREPAID_BASIC]     = {PREPAID_LINE,     25,   5, 0},
    [PREPAID_PLUS]      = {PREPAID_LINE,     50,  10, 0},
    [PREPAID_KIDS]      = {PREPAID_LINE,     25,   5, 0},
    [DSL_50]            = {DSL_LINE,         50,  10, NOTICE_DAYS},
    [DSL_100]           = {DSL_LINE,        100,  40, NOTICE_DAYS},
    [CABLE_250]         = {CABLE_LINE,      250,  25, NOTICE_DAYS},
    [FIBRE_300]         = {FIBRE_LINE,      300, 150, NOTICE_DAYS},
    [FIBRE_1000]        = {FIBRE_LINE,     1000, 500, NOTICE_DAYS},
    [FIBRE_BUSINESS]    = {FIBRE_LINE,     1000, 1000, BUSINESS_NOTICE_DAYS},
    [FAMILY_BUNDLE]     = {BUNDLE,            0,   0, NOTICE_DAYS},
    [VOICE_HOME]        = {TELEPHONE_LINE,    0,   0, NOTICE_DAYS},
    [VOICE_BUSINESS]    = {TELEPHONE_LINE,    0,   0, BUSINESS_NOTICE_DAYS},
    [VOICE_CALL_SHOP]   = {TELEPHONE_LINE,    0,   0, BUSINESS_NOTICE_DAYS},
    [TV_START]          = {TELEVISION,        0,   0, NOTICE_DAYS},
    [TV_MAX]            = {TELEVISION,        0,   0, NOTICE_DAYS},
    [FILM_PASS]         = {STREAMING,         0,   0, 0},
    [MUSIC_PASS]        = {STREAMING,         0,   0, 0},
    [SPORTS_PASS]       = {STREAMING,         0,   0, 0},
    [ROAMING_PLUS]      = {OPTION,            0,   0, 0},
    [DATA_10]           = {OPTION,            0,   0, 0},
    [SECOND_SIM]        = {OPTION,            0,   0, 0},
    [VOICEMAIL_PLUS]    = {OPTION,            0,   0, 0},
    [ABROAD_100]        = {OPTION,            0,   0, 0},
    [INSURANCE]         = {OPTION,            0,   0, NOTICE_DAYS},
    [SAFETY_PACKAGE]    = {OPTION,            0,   0, 0},
    [STATIC_ADDRESS]    = {OPTION,            0,   0, 0},
    [WIFI_EVERYWHERE]   = {OPTION,            0,   0, 0},
    [SERVICE_PLUS]      = {OPTION,            0,   0, NOTICE_DAYS},
    [TRAVEL_PASS]       = {PASS,              0,   0, 0},
    [DATA_REFILL]       = {PASS,              0,   0, 0},
    [SMARTPHONE]        = {TERMINAL,          0,   0, 0},
    [ROUTER]            = {TERMINAL,          0,   0, NOTICE_DAYS},
    [TV_BOX]            = {TERMINAL,          0,   0, NOTICE_DAYS},
};

static const struct {
    int bundle, offering, least, most;
} bundled[] = {
    {FAMILY_BUNDLE, FIBRE_1000,   1, 1},
    {FAMILY_BUNDLE, ROUTER,       1, 1},
    {FAMILY_BUNDLE, TV_MAX,       0, 1},
    {FAMILY_BUNDLE, TV_BOX,       0, 1},
    {FAMILY_BUNDLE, MOBILE_L,     1, 2},
    {FAMILY_BUNDLE, MOBILE_M,     0, 2},
    {FAMILY_BUNDLE, MOBILE_YOUNG, 0, 4},
};
/* clang-format on */

static const struct batch_table specification_table = {
    .name = "product_specification",
    .columns = "id, code, name, category, technology",
};
static const struct batch_table price_table = {
    .name = "product_offering_price",
    .columns = "offering_id, type, period, amount_minor, currency",
};
static const struct batch_table term_table = {
    .name = "offering_term",
    .columns = "offering_id, kind, duration, unit",
};
static const struct batch_table bundle_table = {
    .name = "bundled_offering",
    .columns = "bundle_id, offering_id, lower_limit, upper_limit",
};

static struct cell id_of_offering(int offering)
{
    return cell_int(catalogue[offering].offering.id);
}

static struct cell number_or_null(int number)
{
    return number == 0 ? null_cell : cell_int(number);
}

static enum status store_specifications(struct database *database, struct arena *arena)
{
    struct batch batch;
    batch_init(&batch, &specification_table, arena);
    for (int i = NONE + 1; i < SPECIFICATIONS; i++) {
        const char *technology = specifications[i].technology;
        struct cell cells[] = {
            cell_int(i),
            word(specifications[i].code),
            word(specifications[i].name),
            word(specifications[i].category),
            technology == NULL ? null_cell : word(technology),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

static enum status describe_offerings(struct database *database, struct arena *arena)
{
    for (int i = 0; i < CATALOGUE_OFFERINGS; i++) {
        struct cell parameters[] = {
            cell_int(sold[i].specification),
            number_or_null(sold[i].download_mbit),
            number_or_null(sold[i].upload_mbit),
            id_of_offering(i),
        };
        TRY(database_run(database, arena,
                         STR("UPDATE product_offering\n"
                             "SET specification_id = ?, download_mbit = ?, upload_mbit = ?\n"
                             "WHERE id = ?"),
                         parameters, 4, NULL));
    }
    return STATUS_OK;
}

static void add_price(struct batch *prices, int offering, int64_t amount_minor, bool recurring)
{
    if (amount_minor == 0)
        return;
    struct cell cells[] = {
        id_of_offering(offering),
        word(recurring ? "RECURRING" : "ONE_TIME"),
        recurring ? word("MONTH") : null_cell,
        cell_int(amount_minor),
        word("EUR"),
    };
    memcpy(batch_row(prices), cells, sizeof(cells));
}

static void add_term(struct batch *terms, int offering, const char *kind, int duration,
                     const char *unit)
{
    if (duration == 0)
        return;
    struct cell cells[] = {id_of_offering(offering), word(kind), cell_int(duration), word(unit)};
    memcpy(batch_row(terms), cells, sizeof(cells));
}

/* Who is bound goes on from month to month when the minimum term is over. */
static enum status store_prices_and_terms(struct database *database, struct arena *arena)
{
    struct batch prices, terms;
    batch_init(&prices, &price_table, arena);
    batch_init(&terms, &term_table, arena);
    for (int i = 0; i < CATALOGUE_OFFERINGS; i++) {
        int months = catalogue[i].term_months;
        add_price(&prices, i, catalogue[i].monthly_minor, true);
        add_price(&prices, i, catalogue[i].once_minor, false);
        add_term(&terms, i, "BINDING", months, "MONTH");
        add_term(&terms, i, "NOTICE", sold[i].notice_days, "DAY");
        add_term(&terms, i, "RENEWAL", months == 0 ? 0 : RENEWAL_MONTHS, "MONTH");
    }
    TRY(batch_send(&prices, database, NULL));
    return batch_send(&terms, database, NULL);
}

static enum status store_bundles(struct database *database, struct arena *arena)
{
    struct batch batch;
    batch_init(&batch, &bundle_table, arena);
    for (size_t i = 0; i < sizeof(bundled) / sizeof(bundled[0]); i++) {
        struct cell cells[] = {
            id_of_offering(bundled[i].bundle),
            id_of_offering(bundled[i].offering),
            cell_int(bundled[i].least),
            cell_int(bundled[i].most),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

enum status specifications_store(struct database *database, struct arena *arena)
{
    TRY(store_specifications(database, arena));
    TRY(describe_offerings(database, arena));
    TRY(store_prices_and_terms(database, arena));
    return store_bundles(database, arena);
}

int specifications_notice_days(int offering)
{
    return sold[offering].notice_days;
}

int specifications_download_mbit(int offering)
{
    return sold[offering].download_mbit;
}

int specifications_upload_mbit(int offering)
{
    return sold[offering].upload_mbit;
}
