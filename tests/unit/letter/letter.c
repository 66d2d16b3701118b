/* S1-45: the same letter gives the same bytes, whoever renders it and whatever was rendered before.
 */
#include "letter/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 40, CPU_LIMIT_MS = 10 };

static struct arena *arena;

static const struct letter german = {
    .kind = LETTER_PAPER,
    .locale = STR("de"),
    .letterhead = STR("Fernklang\nFernklang Telekom AG\nAm Funkturm 1, 20095 Hamburg"),
    .address = STR("Renée Lefèvre\nGroße Bleichen 7\n20095 Hamburg"),
    .date = STR("1. Oktober 2026"),
    .number = STR("1236068148"),
    .subject = STR("Ihre Kündigung zum 31. Oktober 2026"),
    .body = STR("Guten Tag Renée Lefèvre,\n\nwir bestätigen Ihre Kündigung.\n\nIhr Kundendienst"),
    .sent_at = INT64_C(1790000000000000),
};

static struct letter_pdf rendered(const struct letter *letter)
{
    struct letter_pdf pdf = {0};
    if (letter_render(&pdf, arena, letter) != STATUS_OK)
        return (struct letter_pdf){0};
    return pdf;
}

static bool is_same(struct letter_pdf a, struct letter_pdf b)
{
    return a.bytes.len > 0 && str_equal(a.bytes, b.bytes) && a.pages == b.pages;
}

static struct str repeated(struct str paragraph, int times)
{
    struct buf buf;
    buf_init(&buf, arena, paragraph.len * (size_t)times);
    for (int i = 0; i < times; i++)
        buf_add(&buf, paragraph);
    return buf_str(&buf);
}

/* ---- each thread has fonts of its own ---- */

struct other_thread {
    struct arena *arena;
    struct letter_pdf pdf;
};

static void *render_elsewhere(void *context)
{
    struct other_thread *other = context;
    letter_render(&other->pdf, other->arena, &german);
    return NULL;
}

static void test_same_bytes(void)
{
    struct letter_pdf first = rendered(&german);
    struct letter arabic = german, sms = german;
    arabic.locale = STR("ar");
    arabic.body = STR("يرجى تعليق هذا الإعلان في مكان ظاهر داخل المحل.");
    sms.kind = LETTER_SMS;
    TEST("a letter is a PDF of one page",
         str_starts(first.bytes, STR("%PDF-1.5")) && first.pages == 1);
    TEST("the same bytes again", is_same(first, rendered(&german)));
    TEST("other scripts and kinds are other bytes",
         !is_same(first, rendered(&arabic)) && !is_same(first, rendered(&sms)));
    TEST("the same bytes after them", is_same(first, rendered(&german)));
    struct other_thread other = {.arena = arena_create()};
    pthread_t thread;
    bool ran = pthread_create(&thread, NULL, render_elsewhere, &other) == 0 &&
               pthread_join(thread, NULL) == 0;
    TEST("the same bytes on another thread", ran && is_same(first, other.pdf));
    arena_destroy(other.arena);
    sleep(1);
    TEST("the same bytes a second later", is_same(first, rendered(&german)));
}

static void test_lengths(void)
{
    struct letter letter = german;
    letter.body = repeated(STR("Ein Absatz, der eine Zeile füllt.\n\n"), 60);
    TEST("a long text goes on on further pages", rendered(&letter).pages == 3);
    letter.body = STR("");
    TEST("nothing written is a page", rendered(&letter).pages == 1);
    letter.body = repeated(STR("x"), 60000);
    TEST("a word longer than a page is broken", rendered(&letter).pages > 5);
    letter.body = repeated(STR("x"), 70000);
    struct letter_pdf pdf;
    TEST("too long a text is refused", letter_render(&pdf, arena, &letter) == STATUS_LIMIT);
    letter = german;
    letter.body = STR("<b>&amp;</b> <span size='99999'>");
    TEST("markup is text like any other", rendered(&letter).pages == 1);
    letter = (struct letter){.kind = LETTER_EMAIL};
    TEST("a message of which nothing is known has its page", rendered(&letter).pages == 1);
}

/* Without sanitizers; with them it is told, not held. */
static void test_cpu(void)
{
    rendered(&german);
    clock_t begin = clock();
    for (int i = 0; i < ROUNDS; i++)
        rendered(&german);
    double each_ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC / ROUNDS;
    printf("# %.2f ms of CPU for each letter, with %s\n", each_ms, letter_renderer());
#ifndef __SANITIZE_ADDRESS__
    TEST("a letter takes at most ten milliseconds of CPU", each_ms <= CPU_LIMIT_MS);
#endif
}

int main(void)
{
    arena = arena_create();
    test_same_bytes();
    test_lengths();
    test_cpu();
    arena_destroy(arena);
    return test_end();
}
