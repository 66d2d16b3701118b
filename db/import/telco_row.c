/* telco_row: what each of the 21 columns may say, and what belongs together. */
#include "telco_row.h"

#include "amount.h"
#include "csv.h"
#include <stdarg.h>

/* clang-format off */
enum telco_column {
    CUSTOMER_ID, GENDER, SENIOR_CITIZEN, PARTNER, DEPENDENTS, TENURE, PHONE_SERVICE, MULTIPLE_LINES,
    INTERNET_SERVICE, ONLINE_SECURITY, ONLINE_BACKUP, DEVICE_PROTECTION, TECH_SUPPORT, STREAMING_TV,
    STREAMING_MOVIES, CONTRACT, PAPERLESS_BILLING, PAYMENT_METHOD, MONTHLY_CHARGES, TOTAL_CHARGES,
    CHURN,
};
/* clang-format on */

/* clang-format off */
/* Name, and the words it may hold, "|" between them; NULL where they are not a list. */
static const struct {
    const char *name;
    const char *words;
} columns[TELCO_COLUMNS] = {
    [CUSTOMER_ID]       = {"customerID",       NULL},
    [GENDER]            = {"gender",           "Female|Male"},
    [SENIOR_CITIZEN]    = {"SeniorCitizen",    "0|1"},
    [PARTNER]           = {"Partner",          "No|Yes"},
    [DEPENDENTS]        = {"Dependents",       "No|Yes"},
    [TENURE]            = {"tenure",           NULL},
    [PHONE_SERVICE]     = {"PhoneService",     "No|Yes"},
    [MULTIPLE_LINES]    = {"MultipleLines",    "No|Yes|No phone service"},
    [INTERNET_SERVICE]  = {"InternetService",  "No|DSL|Fiber optic"},
    [ONLINE_SECURITY]   = {"OnlineSecurity",   "No|Yes|No internet service"},
    [ONLINE_BACKUP]     = {"OnlineBackup",     "No|Yes|No internet service"},
    [DEVICE_PROTECTION] = {"DeviceProtection", "No|Yes|No internet service"},
    [TECH_SUPPORT]      = {"TechSupport",      "No|Yes|No internet service"},
    [STREAMING_TV]      = {"StreamingTV",      "No|Yes|No internet service"},
    [STREAMING_MOVIES]  = {"StreamingMovies",  "No|Yes|No internet service"},
    [CONTRACT]          = {"Contract",         "Month-to-month|One year|Two year"},
    [PAPERLESS_BILLING] = {"PaperlessBilling", "No|Yes"},
    [PAYMENT_METHOD]    = {"PaymentMethod",    "Electronic check|Mailed check|Bank transfer (automatic)|"
                                               "Credit card (automatic)"},
    [MONTHLY_CHARGES]   = {"MonthlyCharges",   NULL},
    [TOTAL_CHARGES]     = {"TotalCharges",     NULL},
    [CHURN]             = {"Churn",            "No|Yes"},
};
/* clang-format on */

enum { NO, YES, NOT_APPLICABLE }; /* positions of words */
enum { TENURE_LIMIT_MONTHS = 1200, ID_LIMIT = 64, SHOWN_LIMIT = 40 };

struct telco_reader {
    const struct csv *csv;
    char *problem;
    size_t size;
};

static bool __attribute__((format(printf, 2, 3)))
refuse(const struct telco_reader *reader, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reader->problem, reader->size, format, arguments);
    va_end(arguments);
    return false;
}

/* What stands in the file, as far as it can be shown on one line. */
static bool refuse_value(const struct telco_reader *reader, enum telco_column column,
                         const char *expected)
{
    struct str value = reader->csv->fields[column];
    char shown[SHOWN_LIMIT];
    size_t length = 0;
    for (size_t i = 0; i < value.len && length < SHOWN_LIMIT; i++)
        shown[length++] =
            (unsigned char)value.at[i] < 0x20 || value.at[i] == 0x7F ? '?' : value.at[i];
    bool cut = length < value.len;
    while (cut && length > 0 && ((unsigned char)shown[length - 1] & 0x80) != 0)
        length--; /* not half a character */
    return refuse(reader, "%s is \"%.*s%s\", but must be %s", columns[column].name, (int)length,
                  shown, cut ? "..." : "", expected);
}

static bool read_word(const struct telco_reader *reader, enum telco_column column, int *position)
{
    struct str value = reader->csv->fields[column];
    const char *word = columns[column].words;
    for (int i = 0;; i++) {
        size_t length = strcspn(word, "|");
        if (str_equal(value, (struct str){.at = word, .len = length})) {
            *position = i;
            return true;
        }
        if (word[length] == 0)
            return refuse_value(reader, column, columns[column].words);
        word += length + 1;
    }
}

static bool read_customer_id(const struct telco_reader *reader, struct str *id)
{
    *id = reader->csv->fields[CUSTOMER_ID];
    bool usable = id->len > 0 && id->len <= ID_LIMIT;
    for (size_t i = 0; usable && i < id->len; i++) {
        char c = id->at[i];
        usable =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    }
    return usable || refuse_value(reader, CUSTOMER_ID, "letters, digits and hyphens, at most 64");
}

static bool read_tenure(const struct telco_reader *reader, int *months)
{
    struct str value = reader->csv->fields[TENURE];
    int number = 0;
    bool usable = value.len > 0 && value.len <= 4;
    for (size_t i = 0; usable && i < value.len; i++) {
        usable = value.at[i] >= '0' && value.at[i] <= '9';
        number = number * 10 + (value.at[i] - '0');
    }
    if (!usable || number > TENURE_LIMIT_MONTHS)
        return refuse_value(reader, TENURE, "a whole number of months");
    *months = number;
    return true;
}

static bool is_blank(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] != ' ')
            return false;
    }
    return true;
}

static bool read_amounts(const struct telco_reader *reader, struct telco_row *row)
{
    if (!amount_parse(reader->csv->fields[MONTHLY_CHARGES], &row->monthly_minor))
        return refuse_value(reader, MONTHLY_CHARGES, "an amount like 29.85");
    struct str total = reader->csv->fields[TOTAL_CHARGES];
    bool blank = is_blank(total);
    if (blank && row->tenure_months > 0)
        return refuse_value(reader, TOTAL_CHARGES, "an amount, because tenure is not 0");
    row->has_total = !blank;
    if (!blank && !amount_parse(total, &row->total_minor))
        return refuse_value(reader, TOTAL_CHARGES,
                            "an amount like 1889.50, or blank when tenure is 0");
    return true;
}

static bool read_phone(const struct telco_reader *reader, struct telco_row *row)
{
    int phone, lines;
    if (!read_word(reader, PHONE_SERVICE, &phone) || !read_word(reader, MULTIPLE_LINES, &lines))
        return false;
    if ((phone == NO) != (lines == NOT_APPLICABLE))
        return refuse_value(reader, MULTIPLE_LINES,
                            phone == NO ? "\"No phone service\", because PhoneService is No"
                                        : "Yes or No, because PhoneService is Yes");
    row->phone = phone == YES;
    row->multiple_lines = lines == YES;
    return true;
}

static bool read_internet(const struct telco_reader *reader, struct telco_row *row)
{
    int internet;
    if (!read_word(reader, INTERNET_SERVICE, &internet))
        return false;
    row->internet = (enum telco_internet)internet;
    for (int i = 0; i < TELCO_OPTIONS; i++) {
        enum telco_column column = (enum telco_column)(ONLINE_SECURITY + i);
        int option;
        if (!read_word(reader, column, &option))
            return false;
        if ((internet == TELCO_NO_INTERNET) != (option == NOT_APPLICABLE))
            return refuse_value(reader, column,
                                internet == TELCO_NO_INTERNET
                                    ? "\"No internet service\", because InternetService is No"
                                    : "Yes or No, because there is an InternetService");
        row->options[i] = option == YES;
    }
    return true;
}

static bool check_count(const struct telco_reader *reader)
{
    uint32_t count = reader->csv->field_count;
    if (count == TELCO_COLUMNS)
        return true;
    return refuse(reader,
                  "%u %s instead of %d: is the line cut, or is a comma missing or too many?", count,
                  count == 1 ? "field" : "fields", TELCO_COLUMNS);
}

bool telco_row_check_header(const struct csv *csv, char *problem, size_t size)
{
    struct telco_reader reader = {.csv = csv, .problem = problem, .size = size};
    if (!check_count(&reader))
        return false;
    for (int i = 0; i < TELCO_COLUMNS; i++) {
        if (!str_is(csv->fields[i], columns[i].name))
            return refuse(
                &reader,
                "column %d must be called %s: is this a telco customer file with its header?",
                i + 1, columns[i].name);
    }
    return true;
}

bool telco_row_read(const struct csv *csv, struct telco_row *row, char *problem, size_t size)
{
    struct telco_reader reader = {.csv = csv, .problem = problem, .size = size};
    *row = (struct telco_row){0};
    if (!check_count(&reader) || !read_customer_id(&reader, &row->customer_id))
        return false;
    static const enum telco_column only_checked[] = {GENDER, PARTNER, DEPENDENTS, PAPERLESS_BILLING,
                                                     PAYMENT_METHOD};
    int senior, contract, churn, position;
    for (size_t i = 0; i < sizeof(only_checked) / sizeof(only_checked[0]); i++) {
        if (!read_word(&reader, only_checked[i], &position))
            return false;
    }
    if (!read_word(&reader, SENIOR_CITIZEN, &senior) || !read_word(&reader, CONTRACT, &contract) ||
        !read_word(&reader, CHURN, &churn))
        return false;
    if (!read_tenure(&reader, &row->tenure_months) || !read_phone(&reader, row) ||
        !read_internet(&reader, row) || !read_amounts(&reader, row))
        return false;
    row->senior = senior == 1;
    row->term_months = contract * 12;
    row->churned = churn == YES;
    if (!row->phone && row->internet == TELCO_NO_INTERNET)
        return refuse(
            &reader, "%s",
            "PhoneService and InternetService are both No: there is nothing the charges are for");
    return true;
}
