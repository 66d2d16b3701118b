/* Each column of the telco file is checked; what is wrong is said in words that help. */
#include "unit/test.h"

#include "db/import/csv.h"
#include "db/import/telco_row.h"
#include <stdlib.h>

static const char good[] =
    "7590-VHVEG,Female,0,Yes,No,1,No,No phone service,DSL,No,Yes,No,No,No,No,Month-to-month,Yes,"
    "Electronic check,29.85,29.85,No\n";
static struct csv csv;
static struct telco_row row;
static char problem[256];

static bool read_line(const char *line)
{
    FILE *file = fmemopen((void *)(uintptr_t)line, strlen(line), "r");
    if (file == NULL)
        exit(1);
    csv_init(&csv, file);
    bool read =
        csv_next(&csv) == CSV_RECORD && telco_row_read(&csv, &row, problem, sizeof(problem));
    fclose(file);
    return read;
}

/* The good line with one text in it replaced is refused, with these words. */
static bool refused(const char *old, const char *new, const char *words)
{
    char line[512];
    const char *at = strstr(good, old);
    snprintf(line, sizeof(line), "%.*s%s%s", (int)(at - good), good, new, at + strlen(old));
    bool says_so = !read_line(line) && strstr(problem, words) != NULL;
    if (!says_so)
        printf("# %s", problem);
    return says_so;
}

static void test_good(void)
{
    TEST("a line of the file is understood", read_line(good));
    TEST("customer, tenure and amounts", str_is(row.customer_id, "7590-VHVEG") &&
                                             row.tenure_months == 1 && row.monthly_minor == 2985 &&
                                             row.has_total && row.total_minor == 2985);
    TEST("services", !row.phone && !row.multiple_lines && row.internet == TELCO_DSL &&
                         !row.options[0] && row.options[1]);
    TEST("contract and churn", row.term_months == 0 && !row.churned && !row.senior);
    TEST("another line",
         read_line(
             "1-A,Male,1,No,No,24,Yes,Yes,No,No internet service,No internet service,No internet "
             "service,"
             "No internet service,No internet service,No internet service,Two year,No,Mailed check,"
             "20,480.5,Yes\n"));
    TEST("is understood too", row.phone && row.multiple_lines &&
                                  row.internet == TELCO_NO_INTERNET && row.churned &&
                                  row.term_months == 24 && row.senior && row.total_minor == 48050);
    TEST("a customer of no month has no total",
         read_line("4472-LVYGI,Female,0,Yes,Yes,0,No,No phone "
                   "service,DSL,Yes,No,Yes,Yes,Yes,No,Two year,Yes,"
                   "Bank transfer (automatic),52.55, ,No\n") &&
             !row.has_total && row.total_minor == 0);
}

static void test_refused(void)
{
    TEST("text in a number",
         refused("29.85,29.85", "abc,29.85", "MonthlyCharges is \"abc\", but must be an amount"));
    TEST("text in the months", refused(",1,No,No phone", ",one,No,No phone",
                                       "tenure is \"one\", but must be a whole number"));
    TEST("negative months", refused(",1,No,No phone", ",-1,No,No phone", "tenure is \"-1\""));
    TEST("a blank total of a customer who was there for a month",
         refused("29.85,29.85", "29.85, ", "tenure is not 0"));
    TEST("a blank monthly charge", refused("29.85,29.85", ",29.85", "MonthlyCharges is \"\""));
    TEST("an unknown word", refused("Month-to-month", "Weekly",
                                    "Contract is \"Weekly\", but must be Month-to-month|One year"));
    TEST("a word in another case", refused("Female", "female", "gender is \"female\""));
    TEST("no customer id", refused("7590-VHVEG", "", "customerID is \"\""));
    TEST("a customer id with markup", refused("7590-VHVEG", "<b>", "customerID is \"<b>\""));
    TEST("a cut line", refused(",29.85,29.85,No", "", "18 fields instead of 21: is the line cut"));
    TEST("a field too many", refused(",No\n", ",No,No\n", "22 fields"));
    TEST("an empty line", refused(good, "\n", "1 field instead of 21"));
    TEST("lines without a telephone",
         refused("No phone service", "Yes", "because PhoneService is No"));
    TEST("an option without the internet", refused("DSL", "No", "because InternetService is No"));
    TEST("no internet service although there is one",
         refused("DSL,No", "DSL,No internet service", "there is an InternetService"));
    TEST("a long value is shown in part",
         refused("Female", "FemaleFemaleFemaleFemaleFemaleFemaleFemaleFemale", "...\""));
    TEST("signs that steer a terminal are not shown",
         refused("Female", "\x1b[31m", "gender is \"?[31m\""));
}

int main(void)
{
    test_good();
    test_refused();
    return test_end();
}
