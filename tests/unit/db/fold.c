/* People find names however they or the keyboard write them. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/fold.h"

static struct arena *arena;

static bool folds(const char *text, const char *to)
{
    struct str folded = fold_text(arena, str_of(text));
    if (!str_is(folded, to))
        printf("# %s became " STR_FMT "\n", text, STR_ARG(folded));
    return str_is(folded, to);
}

static bool folds_german(const char *text, const char *to)
{
    return str_is(fold_text_german(arena, str_of(text)), to);
}

static bool words(const char *text, const char *joined)
{
    struct str rest = str_of(text), word, all = STR("");
    while (fold_next_word(&rest, &word))
        all = str_printf(arena, STR_FMT "[" STR_FMT "]", STR_ARG(all), STR_ARG(word));
    return str_is(all, joined);
}

int main(void)
{
    arena = arena_create();
    TEST("capitals become small", folds("MIXED Case 42", "mixed case 42"));
    TEST("German umlauts lose their dots",
         folds("Müller Jäger Köhler ÄÖÜ", "muller jager kohler aou"));
    TEST("or become two letters, as Germans write them",
         folds_german("Müller Jäger Köhler", "mueller jaeger koehler"));
    TEST("sharp s is two", folds("Groß STRAẞE", "gross strasse") && folds_german("Groß", "gross"));
    TEST("accents of French go",
         folds("Renée Lefèvre, Noël, Œuvre, Ça", "renee lefevre, noel, oeuvre, ca"));
    TEST("accents of Irish go", folds("Siobhán Ó Briain", "siobhan o briain"));
    TEST("letters of Poles, Czechs, Croats and Romanians",
         folds("Łukasz Dąbrowski Šimůnek Đurić Țîțu", "lukasz dabrowski simunek duric titu"));
    TEST("letters of Turks", folds("Yılmaz İnci Şahin Çelik Ağa", "yilmaz inci sahin celik aga"));
    TEST("letters of Nordic languages", folds("Åse Ærø Søren Þór", "ase aero soren thor"));
    TEST("letters of Vietnamese", folds("Nguyễn Thị Hường Đặng", "nguyen thi huong dang"));
    TEST("accents that follow their letter go", folds("e\u0301te\u0301", "ete"));
    TEST("Cyrillic and Greek become small", folds("Иванов Ёлка ΩΜΕΓΑ", "иванов ёлка ωμεγα"));
    TEST("what has no case stays", folds("李小龍 العربية", "李小龍 العربية"));
    TEST("the apostrophe of typographers is the one of keyboards",
         folds("O\u2019Brien", "o'brien"));
    TEST("bytes that are no text are left out", folds("a\xFF"
                                                      "b\xC3",
                                                      "ab") &&
                                                    folds("\xED\xA0\x80x", "x"));
    TEST("nothing stays nothing", folds("", ""));
    TEST("words end at blanks and signs",
         words("anna-maria von der heide", "[anna][maria][von][der][heide]"));
    TEST("an apostrophe is part of a word", words("o'brien & sons", "[o'brien][sons]"));
    TEST("letters of other scripts are words", words("иванов, 李小龍", "[иванов][李小龍]"));
    TEST("signs alone are no words", words(" -- & ,. ", ""));
    arena_destroy(arena);
    return test_end();
}
