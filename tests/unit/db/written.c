/* Dates, amounts and addresses are written as each language has them, and addresses in part. */
#include "db/written.h"

#include "base/arena.h"
#include "mariadb/calendar.h"
#include "unit/test.h"

int main(void)
{
    struct arena *arena = arena_create();
    int64_t day = calendar_days(2026, 3, 1);
    TEST_TEXT("German days have a dot", written_date(arena, STR("de-AT"), day),
              STR("1. März 2026"));
    TEST_TEXT("French months are small", written_date(arena, STR("fr"), day), STR("1 mars 2026"));
    TEST_TEXT("other languages are written to in English", written_month(arena, STR("ja"), day),
              STR("March 2026"));
    TEST_TEXT("a tag that only begins alike is another language",
              written_month(arena, STR("den"), day), STR("March 2026"));
    TEST_TEXT("English amounts begin with the currency",
              written_amount(arena, STR("en"), 1205, STR("EUR")), STR("EUR 12.05"));
    TEST_TEXT("German amounts have a comma", written_amount(arena, STR("de"), -5, STR("CHF")),
              STR("0,05 CHF"));
    TEST_TEXT("currencies without a smaller unit have no decimals",
              written_amount(arena, STR("de"), 1250, STR("JPY")), STR("1250 JPY"));
    TEST_TEXT("currencies of thousandths have three",
              written_amount(arena, STR("fr"), 1250, STR("BHD")), STR("1,250 BHD"));
    TEST_TEXT("an e-mail address shows its first letter and its domain",
              written_in_part(arena, STR("mia@mail.example")), STR("m•••@mail.example"));
    TEST_TEXT("a telephone number shows its ends", written_in_part(arena, STR("+4915112345612")),
              STR("+49 15••••••12"));
    TEST_TEXT("a short one shows nothing", written_in_part(arena, STR("+49110")), STR("••••"));
    arena_destroy(arena);
    return test_end();
}
