/* The CSV reader takes what RFC 4180 allows, and says on which line it cannot go on. */
#include "unit/test.h"

#include "db/import/csv.h"
#include <stdlib.h>

static struct csv csv;
static FILE *file;

static void open_bytes(const char *bytes, size_t length)
{
    if (file != NULL)
        fclose(file);
    file = tmpfile();
    if (file == NULL || fwrite(bytes, 1, length, file) != length) {
        perror("a temporary file");
        exit(1);
    }
    rewind(file);
    csv_init(&csv, file);
}

static void open_text(const char *text)
{
    open_bytes(text, strlen(text));
}

static bool record(uint32_t count, const char *first, const char *last)
{
    return csv_next(&csv) == CSV_RECORD && csv.field_count == count &&
           str_is(csv.fields[0], first) && str_is(csv.fields[count - 1], last);
}

static bool problem(uint64_t line, const char *words)
{
    return csv_next(&csv) == CSV_PROBLEM && csv.record_line == line &&
           strstr(csv.problem, words) != NULL;
}

static bool ends(void)
{
    return csv_next(&csv) == CSV_END;
}

static void test_records(void)
{
    open_text("a,b,c\nd,e,f\n");
    TEST("fields are separated by commas, records by line ends",
         record(3, "a", "c") && record(3, "d", "f") && ends());
    open_text("a,b\nc,d");
    TEST("the last line needs no line end", record(2, "a", "b") && record(2, "c", "d") && ends());
    open_text("a,b\r\nc,d\r\n");
    TEST("CRLF ends a record", record(2, "a", "b") && record(2, "c", "d") && ends());
    open_text("a,b\r");
    TEST("a CR at the very end belongs to no field", record(2, "a", "b") && ends());
    open_text("a,\n,b\n");
    TEST("fields may be empty", record(2, "a", "") && record(2, "", "b") && ends());
    open_text("a\n\nb\n");
    TEST("an empty line is one empty field",
         record(1, "a", "a") && record(1, "", "") && record(1, "b", "b") && ends());
    open_text("");
    TEST("an empty file has no records", ends());
    open_text("\xEF\xBB\xBF"
              "a,b\n");
    TEST("a byte order mark is no text", record(2, "a", "b") && ends());
    open_text("ä,\xF0\x9F\x99\x82\n");
    TEST("text is UTF-8", record(2, "ä", "\xF0\x9F\x99\x82") && ends());
}

static void test_quotes(void)
{
    open_text("\"a,b\",\"c\"\n");
    TEST("a comma between quotes is text", record(2, "a,b", "c") && ends());
    open_text("\"a\"\"b\",\"\"\"\"\n");
    TEST("a doubled quote is a quote", record(2, "a\"b", "\"") && ends());
    open_text("\"\",x\n");
    TEST("quotes may hold nothing", record(2, "", "x") && ends());
    open_text("\"a\r\nb\",c\nd,e\n");
    TEST("a line end between quotes is text", record(2, "a\r\nb", "c"));
    TEST("lines are counted, not records", record(2, "d", "e") && csv.record_line == 3 && ends());
    open_text("\"a\"");
    TEST("the end of the file ends a quoted field", record(1, "a", "a") && ends());
}

static void test_problems(void)
{
    open_text("a,b\n\"c,d\ne,f\n");
    TEST("a quote that is never closed is a problem of the line that opens it",
         record(2, "a", "b") && problem(2, "never closed"));
    open_text("a,b\nc\"d,e\n");
    TEST("a quote inside a field is a problem",
         record(2, "a", "b") && problem(2, "inside field 1"));
    open_text("\"a\"b,c\n");
    TEST("text after a closing quote is a problem",
         problem(1, "follows the closing quote of field 1"));
    open_bytes("a,b\nc\0d,e\n", 10);
    TEST("a NUL byte is a problem", record(2, "a", "b") && problem(2, "NUL"));
    open_text("a,b\nc,\xC3\n");
    TEST("half a character is a problem",
         record(2, "a", "b") && problem(2, "field 2 is not UTF-8"));
    open_text("\xC0\xAF,b\n");
    TEST("a slash in two bytes is a problem", problem(1, "field 1 is not UTF-8"));
}

static void test_limits(void)
{
    char *line = malloc(CSV_RECORD_LIMIT + 2);
    memset(line, 'x', CSV_RECORD_LIMIT + 1);
    line[CSV_RECORD_LIMIT] = '\n';
    open_bytes(line, CSV_RECORD_LIMIT + 1);
    TEST("a record may be as long as the limit",
         csv_next(&csv) == CSV_RECORD && csv.fields[0].len == CSV_RECORD_LIMIT && ends());
    line[CSV_RECORD_LIMIT] = 'x';
    open_bytes(line, CSV_RECORD_LIMIT + 1);
    TEST("a longer one is a problem", problem(1, "longer than"));
    line[0] = '"';
    line[CSV_RECORD_LIMIT + 1] = 'x';
    open_bytes(line, CSV_RECORD_LIMIT + 2);
    TEST("so is a longer one between quotes", problem(1, "longer than"));
    memset(line, ',', CSV_FIELD_LIMIT);
    open_bytes(line, CSV_FIELD_LIMIT - 1);
    TEST("a record may have as many fields as the limit",
         csv_next(&csv) == CSV_RECORD && csv.field_count == CSV_FIELD_LIMIT && ends());
    open_bytes(line, CSV_FIELD_LIMIT);
    TEST("one more is a problem", problem(1, "fields"));
    free(line);
}

int main(void)
{
    test_records();
    test_quotes();
    test_problems();
    test_limits();
    fclose(file);
    return test_end();
}
