/* Pages of an answer become rows, whatever is in them and whatever is missing. */
#include "export/sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/test.h"

static const char *const when[] = {"at", NULL};
static const char *const kind[] = {"kind", NULL};
static const char *const amount[] = {"amount", NULL};
static const char *const about[] = {"about.number", "about.name", NULL};

static struct sheet_column columns[] = {
    {.heading = STR("When"), .paths = when},
    {.heading = STR("Kind"), .paths = kind, .type = "Kind"},
    {.heading = STR("Amount"), .currency = STR("Currency"), .paths = amount},
    {.heading = STR("About"), .paths = about},
};

static const struct sheet sheet = {
    .path = "period.events",
    .columns = columns,
    .column_count = sizeof(columns) / sizeof(columns[0]),
};

static struct arena *arena;
static struct sheet_page page;
static struct buf out;

static enum status write(const char *text)
{
    json_t *answer = json_loads(text, 0, NULL);
    json_t *labels = sheet_labels(answer);
    buf_init(&out, arena, 256);
    enum status status = sheet_write_page(&sheet, &page, arena, answer, labels, &out);
    json_decref(labels);
    json_decref(answer);
    return status;
}

static void test_rows(void)
{
    TEST("a page is read",
         write("{\"data\":{"
               "\"exportLabels\":[{\"type\":\"Kind\",\"value\":\"PAID\",\"label\":\"Bezahlt\"}],"
               "\"customer\":{\"exportNumber\":\"1001\",\"period\":{\"nodes\":[{\"events\":{"
               "\"nodes\":[{\"at\":\"2026-10-01\",\"kind\":\"PAID\",\"amount\":{\"minor\":\"-5\","
               "\"currency\":\"EUR\"},\"about\":{\"number\":null,\"name\":\"=1\"}},"
               "{\"at\":null,\"kind\":\"NEW\",\"amount\":null,\"about\":{\"number\":7}}],"
               "\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"abc\"}}}]}}}}") == STATUS_OK);
    TEST_TEXT("labels, amounts with their currency, the first of several values", buf_str(&out),
              STR("2026-10-01,Bezahlt,-0.05,EUR,'=1\r\n,NEW,,,7\r\n"));
    TEST_TEXT("whose it is is known", page.number, STR("1001"));
    TEST_TEXT("where it goes on is known", page.after, STR("abc"));
}

static void test_ends(void)
{
    TEST("a list with nothing in it has no rows",
         write("{\"data\":{\"customer\":{\"period\":{\"nodes\":[]}}}}") == STATUS_OK &&
             out.len == 0 && page.after.at == NULL);
    TEST("nobody is not found", write("{\"data\":{\"customer\":null}}") == STATUS_NOT_FOUND);
    TEST("an error is our mistake", write("{\"errors\":[]}") == STATUS_INTERNAL);
    TEST("so is no JSON", write("") == STATUS_INTERNAL);
}

static void test_head(void)
{
    buf_init(&out, arena, 256);
    sheet_write_head(&sheet, &out);
    TEST_TEXT("headings follow the mark", buf_str(&out),
              STR("\xef\xbb\xbf"
                  "When,Kind,Amount,Currency,About\r\n"));
}

int main(void)
{
    arena = arena_create();
    test_rows();
    test_ends();
    test_head();
    arena_destroy(arena);
    return test_end();
}
