/* telco_load: what one line of the telco file is in our tables.
 *
 * The file names one monthly charge for all services together: it becomes the price of the main
 * product (internet, or else telephony), the others are its parts without a price of their own. It
 * says what was charged so far and nothing of payments: that is the opening balance.
 */
#include "telco_load.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/batch.h"
#include "db/chore.h"
#include "db/dates.h"
#include "db/number.h"
#include "db/offerings.h"
#include "db/search_pages.h"
#include "db/search_terms.h"
#include "mariadb/database.h"
#include "telco_row.h"
#include <inttypes.h>

enum { CHUNK_ROWS = 256, RUNS_TOLD = 40 };

enum telco_offering {
    PHONE,
    DSL,
    FIBRE,
    MULTIPLE_LINES,
    FIRST_OPTION,
    STREAMING_TV = FIRST_OPTION + 4,
    STREAMING_MOVIES,
    OFFERINGS = FIRST_OPTION + TELCO_OPTIONS
};

/* clang-format off */
static const struct offering offerings[OFFERINGS] = {
    [PHONE]            = {0, "TELCO-PHONE",      "Phone service",        "VOICE"},
    [DSL]              = {0, "TELCO-DSL",        "DSL internet",         "BROADBAND"},
    [FIBRE]            = {0, "TELCO-FIBER",      "Fiber optic internet", "FIBRE"},
    [MULTIPLE_LINES]   = {0, "TELCO-LINES",      "Multiple lines",       "ADD_ON"},
    [FIRST_OPTION]     = {0, "TELCO-SECURITY",   "Online security",      "ADD_ON"},
    [FIRST_OPTION + 1] = {0, "TELCO-BACKUP",     "Online backup",        "ADD_ON"},
    [FIRST_OPTION + 2] = {0, "TELCO-PROTECTION", "Device protection",    "ADD_ON"},
    [FIRST_OPTION + 3] = {0, "TELCO-SUPPORT",    "Tech support",         "ADD_ON"},
    [STREAMING_TV]     = {0, "TELCO-TV",         "Streaming TV",         "TV"},
    [STREAMING_MOVIES] = {0, "TELCO-MOVIES",     "Streaming movies",     "CONTENT"},
};
/* clang-format on */

static const struct batch_table customer_table = {
    .name = "customer",
    .columns =
        "number, kind, status, display_name, sort_name, language, segment, customer_since,"
        " active_product_count, voice_count, broadband_count, fibre_count, tv_count, content_count",
    .returns_ids = true,
};
static const struct batch_table external_id_table = {
    .name = "customer_external_id",
    .columns = "customer_id, system, value",
};
static const struct batch_table account_table = {
    .name = "billing_account",
    .columns = "customer_id, number, rating_type, payment_status, balance_minor, currency",
    .returns_ids = true,
};
static const struct batch_table ledger_table = {
    .name = "ledger_entry",
    .columns =
        "customer_id, billing_account_id, seq, kind, amount_minor, balance_after_minor, currency,"
        " effective_at, reference",
};
static const struct batch_table product_table = {
    .name = "product",
    .columns = "customer_id, billing_account_id, offering_id, parent_id, status, start_date, "
               "binding_until,"
               " termination_date",
    .returns_ids = true,
};
static const struct batch_table price_table = {
    .name = "product_price",
    .columns = "customer_id, product_id, type, period, amount_minor, currency",
};
static const struct batch_table term_table = {
    .name = "customer_search_term",
    .columns = "term, customer_id, kind, page",
};

struct telco_line {
    struct telco_row row;
    uint64_t line;
    bool here_already;
    struct str number, account_number;
    int64_t customer_id, account_id, main_product_id;
};

/* Neighbouring lines with the same fate, so that seven thousand of them are told in one. */
struct telco_run {
    bool loaded;
    uint64_t first, last, count;
};

struct telco_load {
    struct chore *chore;
    struct arena *chunk_arena; /* NULL between chunks */
    struct telco_line *lines;  /* CHUNK_ROWS */
    uint32_t count;
    int64_t today;
    int64_t offering_ids[OFFERINGS]; /* 0: not asked for yet */
    struct telco_run runs[RUNS_TOLD];
    uint64_t run_count; /* also those beyond RUNS_TOLD */
    struct telco_run *run;
    uint64_t loaded, here_already;
};

static struct cell word(const char *text)
{
    return cell_text(str_of(text));
}

static struct cell date(int64_t day)
{
    return (struct cell){.kind = CELL_DATE, .integer = day};
}

static void release(void *what)
{
    struct telco_load *load = what;
    arena_destroy(load->chunk_arena);
}

struct telco_load *telco_load_create(struct chore *chore, struct arena *arena, int64_t today)
{
    struct telco_load *load = arena_new(arena, struct telco_load);
    arena_defer(arena, release, load);
    load->chore = chore;
    load->today = today;
    load->lines = arena_array(arena, struct telco_line, CHUNK_ROWS);
    return load;
}

static enum status mark_those_here_already(struct telco_load *load)
{
    struct arena *arena = load->chunk_arena;
    struct cell *parameters = arena_array(arena, struct cell, CHUNK_ROWS);
    struct buf sql;
    buf_init(&sql, arena, CHUNK_ROWS * 2 + 100);
    buf_add(&sql,
            STR("SELECT value FROM customer_external_id WHERE system = 'telco' AND value IN ("));
    for (uint32_t i = 0; i < CHUNK_ROWS; i++) {
        /* Padded with the first one, so that the statement is always the same. */
        parameters[i] = cell_text(load->lines[i < load->count ? i : 0].row.customer_id);
        buf_add(&sql, i + 1 < CHUNK_ROWS ? STR("?,") : STR("?)"));
    }
    struct rows rows;
    TRY(database_run(load->chore->database, arena, buf_str(&sql), parameters, CHUNK_ROWS, &rows));
    for (uint32_t i = 0; i < load->count; i++) {
        load->lines[i].here_already = false;
        for (uint32_t row = 0; row < rows.count && !load->lines[i].here_already; row++)
            load->lines[i].here_already =
                str_equal(cell_str(&rows.cells[row]), load->lines[i].row.customer_id);
    }
    return STATUS_OK;
}

static int64_t since_of(const struct telco_load *load, const struct telco_line *line)
{
    return dates_add_months(load->today, -line->row.tenure_months);
}

/* Contracts renew themselves: the term that runs now follows all the whole ones that are over. */
static struct cell binding_until(const struct telco_load *load, const struct telco_line *line)
{
    int term = line->row.term_months;
    if (term == 0)
        return (struct cell){.kind = CELL_NULL};
    int terms = line->row.tenure_months / term + 1;
    return date(dates_add_months(since_of(load, line), terms * term) - 1);
}

static int count_products(const struct telco_row *row)
{
    int count = row->phone + row->multiple_lines + (row->internet != TELCO_NO_INTERNET);
    for (int i = 0; i < TELCO_OPTIONS; i++)
        count += row->options[i];
    return count;
}

static enum status send_customers(struct telco_load *load, struct telco_line **lines,
                                  uint32_t count)
{
    struct database *database = load->chore->database;
    struct arena *arena = load->chunk_arena;
    int64_t number, account_number, *ids;
    TRY(number_take(database, arena, NUMBER_CUSTOMER, count, &number));
    TRY(number_take(database, arena, NUMBER_ACCOUNT, count, &account_number));
    struct batch customers, external_ids;
    batch_init(&customers, &customer_table, arena);
    batch_init(&external_ids, &external_id_table, arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct telco_row *row = &lines[i]->row;
        lines[i]->number = number_text(arena, number + i);
        lines[i]->account_number = number_text(arena, account_number + i);
        struct cell cells[] = {
            cell_text(lines[i]->number),
            word("RESIDENTIAL"),
            word(row->churned ? "CLOSED" : "ACTIVE"),
            cell_text(row->customer_id), /* the file has no names */
            cell_text(row->customer_id),
            word("en"),
            word(row->senior ? "SENIOR" : "STANDARD"),
            date(since_of(load, lines[i])),
            cell_int(row->churned ? 0 : count_products(row)),
            cell_int(!row->churned && row->phone),
            cell_int(!row->churned && row->internet == TELCO_DSL),
            cell_int(!row->churned && row->internet == TELCO_FIBRE),
            cell_int(!row->churned && row->options[STREAMING_TV - FIRST_OPTION]),
            cell_int(!row->churned && row->options[STREAMING_MOVIES - FIRST_OPTION]),
        };
        memcpy(batch_row(&customers), cells, sizeof(cells));
    }
    TRY(batch_send(&customers, database, &ids));
    for (uint32_t i = 0; i < count; i++) {
        lines[i]->customer_id = ids[i];
        struct cell cells[] = {cell_int(ids[i]), word("telco"),
                               cell_text(lines[i]->row.customer_id)};
        memcpy(batch_row(&external_ids), cells, sizeof(cells));
    }
    return batch_send(&external_ids, database, NULL);
}

static enum status send_accounts(struct telco_load *load, struct telco_line **lines, uint32_t count)
{
    struct batch accounts, ledger;
    batch_init(&accounts, &account_table, load->chunk_arena);
    batch_init(&ledger, &ledger_table, load->chunk_arena);
    for (uint32_t i = 0; i < count; i++) {
        int64_t balance = lines[i]->row.total_minor;
        struct cell cells[] = {
            cell_int(lines[i]->customer_id),
            cell_text(lines[i]->account_number),
            word("POSTPAID"),
            word(balance > 0 ? "DUE" : "PAID"),
            cell_int(balance),
            word("USD"),
        };
        memcpy(batch_row(&accounts), cells, sizeof(cells));
    }
    int64_t *ids;
    TRY(batch_send(&accounts, load->chore->database, &ids));
    for (uint32_t i = 0; i < count; i++) {
        lines[i]->account_id = ids[i];
        if (!lines[i]->row.has_total)
            continue;
        struct cell total = cell_int(lines[i]->row.total_minor);
        struct cell cells[] = {
            cell_int(lines[i]->customer_id),
            cell_int(ids[i]),
            cell_int(1),
            word("OPENING"),
            total,
            total,
            word("USD"),
            {.kind = CELL_TIME, .integer = dates_midnight(load->today)},
            word("TotalCharges"),
        };
        memcpy(batch_row(&ledger), cells, sizeof(cells));
    }
    return batch_send(&ledger, load->chore->database, NULL);
}

static void add_product(struct telco_load *load, struct batch *products,
                        const struct telco_line *line, enum telco_offering offering)
{
    struct cell none = {.kind = CELL_NULL};
    struct cell cells[] = {
        cell_int(line->customer_id),
        cell_int(line->account_id),
        cell_int(load->offering_ids[offering]),
        line->main_product_id == 0 ? none : cell_int(line->main_product_id),
        word(line->row.churned ? "TERMINATED" : "ACTIVE"),
        date(since_of(load, line)),
        binding_until(load, line),
        line->row.churned ? date(load->today) : none,
    };
    memcpy(batch_row(products), cells, sizeof(cells));
}

static enum status send_main_products(struct telco_load *load, struct telco_line **lines,
                                      uint32_t count)
{
    struct batch products, prices;
    batch_init(&products, &product_table, load->chunk_arena);
    batch_init(&prices, &price_table, load->chunk_arena);
    for (uint32_t i = 0; i < count; i++) {
        enum telco_internet internet = lines[i]->row.internet;
        lines[i]->main_product_id = 0;
        add_product(load, &products, lines[i],
                    internet == TELCO_FIBRE ? FIBRE
                    : internet == TELCO_DSL ? DSL
                                            : PHONE);
    }
    int64_t *ids;
    TRY(batch_send(&products, load->chore->database, &ids));
    for (uint32_t i = 0; i < count; i++) {
        lines[i]->main_product_id = ids[i];
        struct cell cells[] = {
            cell_int(lines[i]->customer_id),
            cell_int(ids[i]),
            word("RECURRING"),
            word("MONTH"),
            cell_int(lines[i]->row.monthly_minor),
            word("USD"),
        };
        memcpy(batch_row(&prices), cells, sizeof(cells));
    }
    return batch_send(&prices, load->chore->database, NULL);
}

static enum status send_parts(struct telco_load *load, struct telco_line **lines, uint32_t count)
{
    struct batch products;
    batch_init(&products, &product_table, load->chunk_arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct telco_row *row = &lines[i]->row;
        if (row->phone && row->internet != TELCO_NO_INTERNET)
            add_product(load, &products, lines[i], PHONE);
        if (row->multiple_lines)
            add_product(load, &products, lines[i], MULTIPLE_LINES);
        for (int option = 0; option < TELCO_OPTIONS; option++) {
            if (row->options[option])
                add_product(load, &products, lines[i],
                            (enum telco_offering)(FIRST_OPTION + option));
        }
    }
    int64_t *ids;
    return batch_send(&products, load->chore->database, &ids);
}

/* Their ids were given in one go, so hardly anybody else's lie between. */
static enum status write_pages(struct telco_load *load, struct telco_line **lines, uint32_t count)
{
    int64_t first = lines[0]->customer_id, last = first;
    for (uint32_t i = 1; i < count; i++) {
        first = lines[i]->customer_id < first ? lines[i]->customer_id : first;
        last = lines[i]->customer_id > last ? lines[i]->customer_id : last;
    }
    return search_pages_write(load->chore->database, load->chunk_arena, first, last);
}

static enum status send_search_terms(struct telco_load *load, struct telco_line **lines,
                                     uint32_t count)
{
    struct batch batch;
    batch_init(&batch, &term_table, load->chunk_arena);
    for (uint32_t i = 0; i < count; i++) {
        struct search_terms terms;
        search_terms_init(&terms, load->chunk_arena);
        search_terms_add_name(&terms, lines[i]->row.customer_id);
        search_terms_add_whole(&terms, lines[i]->row.customer_id, "EXTERNAL");
        search_terms_add_whole(&terms, lines[i]->number, "CUSTOMER");
        search_terms_add_whole(&terms, lines[i]->account_number, "ACCOUNT");
        for (uint32_t term = 0; term < terms.count; term++) {
            struct cell cells[] = {cell_text(terms.items[term].term),
                                   cell_int(lines[i]->customer_id), word(terms.items[term].kind),
                                   cell_int(search_page(lines[i]->customer_id, 0))};
            memcpy(batch_row(&batch), cells, sizeof(cells));
        }
    }
    TRY(batch_send(&batch, load->chore->database, NULL));
    return write_pages(load, lines, count);
}

static void note_fate(struct telco_load *load, const struct telco_line *line)
{
    bool loaded = !line->here_already;
    load->loaded += loaded;
    load->here_already += !loaded;
    if (load->run == NULL || load->run->loaded != loaded) {
        /* Beyond what is told they are only counted. */
        load->run = &load->runs[load->run_count < RUNS_TOLD ? load->run_count : RUNS_TOLD - 1];
        load->run_count++;
        if (load->run_count <= RUNS_TOLD)
            *load->run = (struct telco_run){.first = line->line};
        load->run->loaded = loaded;
    }
    if (load->run_count <= RUNS_TOLD) {
        load->run->last = line->line;
        load->run->count++;
    }
}

static enum status send_chunk(struct telco_load *load)
{
    struct telco_line *missing[CHUNK_ROWS];
    uint32_t count = 0;
    if (load->offering_ids[0] == 0)
        TRY(offerings_ensure(load->chore->database, load->chunk_arena, offerings, OFFERINGS,
                             load->offering_ids));
    TRY(mark_those_here_already(load));
    for (uint32_t i = 0; i < load->count; i++) {
        note_fate(load, &load->lines[i]);
        if (!load->lines[i].here_already)
            missing[count++] = &load->lines[i];
    }
    if (count == 0)
        return STATUS_OK;
    TRY(send_customers(load, missing, count));
    TRY(send_accounts(load, missing, count));
    TRY(send_main_products(load, missing, count));
    TRY(send_parts(load, missing, count));
    return send_search_terms(load, missing, count);
}

static enum status end_chunk(struct telco_load *load)
{
    enum status status = send_chunk(load);
    arena_destroy(load->chunk_arena);
    load->chunk_arena = NULL;
    load->count = 0;
    return status;
}

enum status telco_load_add(struct telco_load *load, const struct telco_row *row, uint64_t line)
{
    if (load->chunk_arena == NULL)
        load->chunk_arena = arena_create();
    struct telco_line *next = &load->lines[load->count++];
    *next = (struct telco_line){.row = *row, .line = line};
    next->row.customer_id = str_copy(load->chunk_arena, row->customer_id);
    return load->count == CHUNK_ROWS ? end_chunk(load) : STATUS_OK;
}

enum status telco_load_finish(struct telco_load *load)
{
    return load->count > 0 ? end_chunk(load) : STATUS_OK;
}

void telco_load_report(const struct telco_load *load)
{
    for (uint64_t i = 0; i < load->run_count && i < RUNS_TOLD; i++) {
        const struct telco_run *run = &load->runs[i];
        const char *fate = run->loaded ? "loaded" : "here already, left as it is";
        if (run->count == 1)
            chore_tell(load->chore, "line %" PRIu64 ": %s", run->first, fate);
        else
            chore_tell(load->chore, "lines %" PRIu64 " to %" PRIu64 ": %" PRIu64 " %s", run->first,
                       run->last, run->count, fate);
    }
    if (load->run_count > RUNS_TOLD)
        chore_tell(load->chore, "and %" PRIu64 " more such ranges of lines",
                   load->run_count - RUNS_TOLD);
    chore_tell(load->chore, "%" PRIu64 " customers loaded, %" PRIu64 " were here already",
               load->loaded, load->here_already);
}
