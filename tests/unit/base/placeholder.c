/* What texts leave open is filled once, and what nobody gave is found. */
#include "base/placeholder.h"

#include "base/arena.h"
#include "unit/test.h"

int main(void)
{
    struct arena *arena = arena_create();
    const struct placeholder given[] = {
        {STR("name"), STR("{{month}}")}, {STR("month"), STR("May")}, {STR("empty"), STR("")}};
    TEST_TEXT("a value is not looked into again",
              placeholder_fill(arena, STR("{{name}} in {{month}}{{other}}"), given, 3),
              STR("{{month}} in May{{other}}"));
    TEST_TEXT("the first that nobody gave is found",
              placeholder_missing(STR("{{name}} {{other}} {{next}}"), given, 3), STR("other"));
    TEST_TEXT("one with nothing in it is missing", placeholder_missing(STR("a{{empty}}"), given, 3),
              STR("empty"));
    TEST("nothing is missing where all is given",
         placeholder_missing(STR("{{name}} {{month}}"), given, 3).at == NULL);
    TEST("braces without a name are no place",
         placeholder_missing(STR("{{}} {x} }} {{"), given, 0).at == NULL);
    TEST("an empty text leaves nothing open", placeholder_missing(STR(""), given, 3).at == NULL);
    arena_destroy(arena);
    return test_end();
}
