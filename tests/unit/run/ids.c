/* ids: global ids and cursors that go out come back, and nothing else does. */
#include "base/arena.h"
#include "base/encode.h"
#include "run/run.h"
#include "unit/test.h"

static bool decodes(struct arena *arena, const char *plain)
{
    struct cell key;
    return global_id_decode(arena, STR("Customer"), base64url_encode(arena, str_of(plain)), &key);
}

static void test_global_ids(struct arena *arena)
{
    const struct cell number = cell_int(1042);
    struct str id = global_id_encode(arena, STR("Customer"), &number);
    struct cell key;
    TEST("a global id gives its key back",
         global_id_decode(arena, STR("Customer"), id, &key) && key.integer == 1042);
    TEST("a global id of another type is not one of this",
         !global_id_decode(arena, STR("Product"), id, &key));
    TEST("a type whose name begins alike is another type",
         !global_id_decode(arena, STR("Custom"), id, &key));
    TEST("a plain number is no global id",
         !global_id_decode(arena, STR("Customer"), STR("1042"), &key));
    TEST("an empty text is no global id", !global_id_decode(arena, STR("Customer"), STR(""), &key));
    TEST("the largest key is one", decodes(arena, "Customer:9223372036854775807"));
    TEST("a key beyond 63 bits is none", !decodes(arena, "Customer:9223372036854775808"));
    TEST("a key of twenty digits is none", !decodes(arena, "Customer:18446744073709551617"));
    TEST("a key with a sign is none",
         !decodes(arena, "Customer:-1") && !decodes(arena, "Customer:+1"));
    TEST("a key with a leading zero is none", !decodes(arena, "Customer:01"));
    TEST("a key followed by SQL is none", !decodes(arena, "Customer:1 OR 1=1"));
    TEST("no key is none", !decodes(arena, "Customer:"));
}

static void test_cursors(struct arena *arena)
{
    const struct table table = {.name = STR("ticket"), .primary_key = STR("id")};
    struct order_term order[] = {{.column = STR("opened_at"), .descending = true},
                                 {.column = STR("id")}};
    const struct binding binding = {.kind = BIND_CONNECTION, .target = &table};
    const uint32_t order_columns[] = {2, 0};
    const struct fetch fetch = {.binding = &binding};
    struct page page = {.order = order, .order_count = 2, .order_columns = order_columns};
    const struct cell row[] = {
        cell_int(7), cell_text(STR("Grüße")), {.kind = CELL_TIME, .integer = 1790000000000000}};
    struct str cursor = cursor_encode(arena, &fetch, &page, row);
    TEST("a cursor gives the values of its order back",
         cursor_decode(arena, &binding, cursor, &page) &&
             page.cursor[0].integer == 1790000000000000 && page.cursor[1].integer == 7);
    struct page other = page;
    const struct cell beyond[] = {row[0], row[1], {.kind = CELL_TIME, .integer = INT64_MAX}};
    TEST("a cursor with a moment that no calendar has is refused",
         !cursor_decode(arena, &binding, cursor_encode(arena, &fetch, &page, beyond), &other));
    order[0].descending = false;
    TEST("a cursor of the other direction is refused",
         !cursor_decode(arena, &binding, cursor, &page));
    order[0].descending = true;
    struct str cut = {.at = cursor.at, .len = cursor.len - 2};
    TEST("a cursor that was cut is refused", !cursor_decode(arena, &binding, cut, &page));
    struct str longer = str_printf(arena, STR_FMT "AAAA", STR_ARG(cursor));
    TEST("a cursor with something behind it is refused",
         !cursor_decode(arena, &binding, longer, &page));
    TEST("a cursor made by hand is refused", !cursor_decode(arena, &binding, STR("MTA="), &page));
    const struct cell text_row[] = {cell_int(7), cell_text(STR("Grüße")), cell_text(STR("Zoë"))};
    struct str text_cursor = cursor_encode(arena, &fetch, &page, text_row);
    TEST("a cursor over text gives the text back",
         cursor_decode(arena, &binding, text_cursor, &page) &&
             str_is(cell_str(&page.cursor[0]), "Zoë"));
}

int main(void)
{
    struct arena *arena = arena_create();
    test_global_ids(arena);
    test_cursors(arena);
    arena_destroy(arena);
    return test_end();
}
