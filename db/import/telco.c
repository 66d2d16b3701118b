/* telco: the whole file is read twice, once to check it and once to load it. */
#include "telco.h"

#include "base/arena.h"
#include "base/map.h"
#include "csv.h"
#include "db/chore.h"
#include "db/dates.h"
#include "mariadb/database.h"
#include "telco_load.h"
#include "telco_row.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROBLEMS_SHOWN = 20 };

struct telco_totals {
    uint64_t customers, phone, internet, churned, with_total;
    int64_t monthly_minor, total_minor;
    uint64_t digest; /* of all records: the second reading must see what the first one did */
};

struct telco_file {
    struct chore *chore;
    FILE *file;
    struct csv *csv;
    struct arena *arena; /* of the customer ids seen */
    struct map lines;    /* customer id to the line it is on */
    struct telco_totals totals;
    uint32_t problems;
};

static void note_problem(struct telco_file *file, const char *problem)
{
    if (file->problems++ < PROBLEMS_SHOWN)
        chore_tell(file->chore, "line %" PRIu64 ": %s", file->csv->record_line, problem);
}

static bool seen_before(struct telco_file *file, struct str customer_id)
{
    void *line = (void *)(uintptr_t)file->csv->record_line;
    struct str key = str_copy(file->arena, customer_id);
    void *earlier = map_put(&file->lines, key, line);
    if (earlier == NULL)
        return false;
    char problem[160];
    snprintf(problem, sizeof(problem), "customer " STR_FMT " stands on line %" PRIuPTR " already",
             STR_ARG(customer_id), (uintptr_t)earlier);
    note_problem(file, problem);
    return true;
}

static void count_record(struct telco_totals *totals, const struct csv *csv,
                         const struct telco_row *row)
{
    totals->customers++;
    totals->phone += row->phone;
    totals->internet += row->internet != TELCO_NO_INTERNET;
    totals->churned += row->churned;
    totals->with_total += row->has_total;
    totals->monthly_minor += row->monthly_minor;
    totals->total_minor += row->total_minor;
    for (uint32_t i = 0; i < csv->field_count; i++)
        totals->digest = totals->digest * 31 + str_hash(csv->fields[i]);
}

/* True: row holds the next one. False: the end, or a problem the reading cannot go on after. */
static bool next_row(struct telco_file *file, struct telco_row *row)
{
    char problem[256];
    for (;;) {
        enum csv_outcome outcome = csv_next(file->csv);
        if (outcome == CSV_PROBLEM)
            note_problem(file, file->csv->problem);
        if (outcome != CSV_RECORD)
            return false;
        if (telco_row_read(file->csv, row, problem, sizeof(problem)))
            return true;
        note_problem(file, problem);
    }
}

static bool read_header(struct telco_file *file)
{
    char problem[256];
    enum csv_outcome outcome = csv_next(file->csv);
    if (outcome == CSV_RECORD && telco_row_check_header(file->csv, problem, sizeof(problem)))
        return true;
    note_problem(file, outcome == CSV_RECORD    ? problem
                       : outcome == CSV_PROBLEM ? file->csv->problem
                                                : "the file is empty");
    return false;
}

static enum status check(struct telco_file *file)
{
    csv_init(file->csv, file->file);
    struct telco_row row;
    if (read_header(file)) {
        while (next_row(file, &row)) {
            if (seen_before(file, row.customer_id))
                continue;
            count_record(&file->totals, file->csv, &row);
            if (!row.has_total)
                chore_tell(file->chore,
                           "line %" PRIu64 ": " STR_FMT
                           " has no TotalCharges yet, so no opening balance",
                           file->csv->record_line, STR_ARG(row.customer_id));
        }
    }
    if (file->problems == 0 && file->totals.customers == 0)
        note_problem(file, "there is a header and no customer below it");
    if (file->problems == 0)
        return STATUS_OK;
    if (file->problems > PROBLEMS_SHOWN)
        chore_tell(file->chore, "and %u more lines with problems", file->problems - PROBLEMS_SHOWN);
    return chore_fail(
        file->chore, STATUS_INVALID,
        "the file has %u %s (named above): nothing was loaded; correct the file and try again",
        file->problems, file->problems == 1 ? "problem" : "problems");
}

static enum status changed_meanwhile(struct telco_file *file)
{
    return chore_fail(file->chore, STATUS_CONFLICT,
                      "the file changed while it was being read: nothing was loaded; try again");
}

static enum status load(struct telco_file *file, struct telco_load *load)
{
    struct telco_totals checked = file->totals;
    file->totals = (struct telco_totals){0};
    rewind(file->file);
    csv_init(file->csv, file->file);
    if (!read_header(file))
        return changed_meanwhile(file);
    struct telco_row row;
    while (next_row(file, &row)) {
        count_record(&file->totals, file->csv, &row);
        TRY(telco_load_add(load, &row, file->csv->record_line));
    }
    if (memcmp(&checked, &file->totals, sizeof(checked)) != 0)
        return changed_meanwhile(file);
    return telco_load_finish(load);
}

static enum status load_in_one_transaction(struct telco_file *file, int64_t today)
{
    struct chore *chore = file->chore;
    enum status status = database_begin(chore->database);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the database cannot begin a transaction");
    struct telco_load *telco_load = telco_load_create(chore, file->arena, today);
    status = load(file, telco_load);
    if (status == STATUS_OK) {
        status = database_commit(chore->database);
        if (status == STATUS_OK) {
            telco_load_report(telco_load);
            return STATUS_OK;
        }
    }
    if (chore->problem.len == 0)
        chore_database_failed(chore, status, "the database refused, so nothing was loaded");
    database_rollback(chore->database);
    return status;
}

static void tell_totals(struct chore *chore, const struct telco_totals *totals)
{
    chore_tell(chore,
               "in the file: %" PRIu64 " customers, %" PRIu64 " with phone service, %" PRIu64
               " with internet service, %" PRIu64 " churned",
               totals->customers, totals->phone, totals->internet, totals->churned);
    chore_tell(chore,
               "MonthlyCharges %" PRId64 ".%02d USD; TotalCharges %" PRId64
               ".%02d USD over %" PRIu64 " lines",
               totals->monthly_minor / 100, (int)(totals->monthly_minor % 100),
               totals->total_minor / 100, (int)(totals->total_minor % 100), totals->with_total);
    chore_tell(
        chore,
        "not kept, because nothing here has a place for it yet: gender, Partner, Dependents, "
        "PaperlessBilling, PaymentMethod");
}

static enum status open_file(struct chore *chore, const char *path, FILE **file)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (descriptor < 0 || fstat(descriptor, &about) != 0) {
        int reason = errno;
        if (descriptor >= 0)
            close(descriptor);
        return chore_fail(chore, STATUS_NOT_FOUND, "%s cannot be opened: %s", path,
                          strerror(reason));
    }
    *file = S_ISREG(about.st_mode) ? fdopen(descriptor, "r") : NULL;
    if (*file != NULL)
        return STATUS_OK;
    close(descriptor);
    return chore_fail(chore, STATUS_INVALID,
                      "%s is not a file that can be read twice; store it in one first", path);
}

enum status telco_import(struct chore *chore, const char *path, int64_t today)
{
    FILE *opened;
    TRY(open_file(chore, path, &opened));
    struct arena *arena = arena_create();
    struct telco_file file = {
        .chore = chore, .file = opened, .csv = arena_new(arena, struct csv), .arena = arena};
    map_init(&file.lines, arena, 1024);
    enum status status = check(&file);
    if (status == STATUS_OK)
        status = load_in_one_transaction(&file, today == 0 ? dates_today() : today);
    if (status == STATUS_OK)
        tell_totals(chore, &file.totals);
    arena_destroy(arena);
    fclose(opened);
    return status;
}
