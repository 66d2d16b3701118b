/* letter: a message as a PDF.
 *
 * The measures of paper are those of DIN 5008 form B: the address is seen through the window of a
 * folded sheet. The body is broken into lines once, then set page by page.
 */
#include "letter/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "letter/page.h"
#include "letter/press.h"
#include "letter/words.h"
#include <cairo-pdf.h>
#include <stdio.h>
#include <time.h>

/* One more when the same letter is to look different. */
#define LAYOUT_VERSION "1"

enum {
    BODY_BYTES_MAX = 64 * 1024,
    RENDERER_BYTES = 80,
    MOMENT_BYTES = 32,
    FOOTER_LINES = 9,
    RETURN_LINES = 2, /* of the letterhead: who and where */
};

/* clang-format off */
static const double
    LEFT         =  25 * PAGE_MM,
    WIDTH        = 165 * PAGE_MM,
    NAME_Y       =  16 * PAGE_MM,
    RETURN_Y     =  46 * PAGE_MM, /* who writes, above the address */
    ADDRESS_Y    =  51 * PAGE_MM,
    ADDRESS_W    =  80 * PAGE_MM,
    INFORMATION_X = 130 * PAGE_MM,
    INFORMATION_W =  60 * PAGE_MM,
    SUBJECT_Y    =  98 * PAGE_MM,
    SHEET_Y      =  34 * PAGE_MM, /* where the headers of an e-mail begin */
    LABEL_W      =  30 * PAGE_MM,
    GAP          =   5 * PAGE_MM,
    FURTHER_Y    =  28 * PAGE_MM, /* the body on further pages */
    BODY_END     = 268 * PAGE_MM,
    FOOTER_Y     = 275 * PAGE_MM;
/* clang-format on */

/* A letter while it is set. */
struct setting {
    struct page page;
    const struct letter *letter;
    const struct words *words;
    struct arena *arena;
    unsigned number, pages;
};

const char *letter_renderer(void)
{
    static _Thread_local char text[RENDERER_BYTES];
    snprintf(text, sizeof(text), "letter " LAYOUT_VERSION " %s", press_versions());
    return text;
}

/* ---- what stands on each page ---- */

static struct str first_line(struct str text)
{
    const char *end = text.len == 0 ? NULL : memchr(text.at, '\n', text.len);
    return (struct str){.at = text.at, .len = end == NULL ? text.len : (size_t)(end - text.at)};
}

/* The lines after the first in one, at most so many of them. */
static struct str further_lines(struct arena *arena, struct str text, int most)
{
    struct buf out;
    buf_init(&out, arena, text.len + 16);
    for (size_t i = first_line(text).len + 1; i < text.len; i++) {
        if (text.at[i] != '\n')
            buf_add_char(&out, text.at[i]);
        else if (--most == 0)
            break;
        else
            buf_add(&out, STR(" · "));
    }
    return buf_str(&out);
}

static void set_footer(struct setting *setting)
{
    struct page *page = &setting->page;
    char number[64];
    snprintf(number, sizeof(number), setting->words->page, setting->number, setting->pages);
    page_rule(page, LEFT, FOOTER_Y, WIDTH);
    page_text(page, PAGE_SMALL, "P", LEFT, FOOTER_Y + GAP / 2, WIDTH * 0.75,
              further_lines(setting->arena, setting->letter->letterhead, FOOTER_LINES));
    page_text_at_end(page, PAGE_SMALL, LEFT + WIDTH * 0.75, FOOTER_Y + GAP / 2, WIDTH * 0.25,
                     str_of(number));
}

static void turn_page(struct setting *setting)
{
    cairo_show_page(setting->page.cairo);
    setting->number++;
    page_text(&setting->page, PAGE_SMALL, "P", LEFT, NAME_Y, WIDTH / 2,
              first_line(setting->letter->letterhead));
    page_text_at_end(&setting->page, PAGE_SMALL, LEFT + WIDTH / 2, NAME_Y, WIDTH / 2,
                     setting->letter->subject);
    set_footer(setting);
}

/* ---- what stands above the body; each returns where that begins ---- */

static double set_pair(struct setting *setting, double x, double y, double label_width,
                       double width, const char *label, struct str value)
{
    if (value.len == 0)
        return 0;
    page_text(&setting->page, PAGE_SMALL, "P", x, y + 2, label_width - GAP / 2, str_of(label));
    return page_text(&setting->page, PAGE_TEXT, "P", x + label_width, y, width - label_width,
                     value);
}

static double set_paper_head(struct setting *setting)
{
    struct page *page = &setting->page;
    const struct letter *letter = setting->letter;
    page_text(page, PAGE_NAME, "P", LEFT, NAME_Y, WIDTH, first_line(letter->letterhead));
    page_text(page, PAGE_SMALL, "P", LEFT, RETURN_Y, ADDRESS_W,
              further_lines(setting->arena, letter->letterhead, RETURN_LINES));
    page_text(page, PAGE_TEXT, "P", LEFT, ADDRESS_Y + GAP, ADDRESS_W, letter->address);
    double y = ADDRESS_Y + GAP;
    y += set_pair(setting, INFORMATION_X, y, LABEL_W, INFORMATION_W, setting->words->date,
                  letter->date);
    set_pair(setting, INFORMATION_X, y, LABEL_W, INFORMATION_W, setting->words->number,
             letter->number);
    return SUBJECT_Y + GAP +
           page_text(page, PAGE_STRONG, "H1", LEFT, SUBJECT_Y, WIDTH, letter->subject);
}

static struct str moment_words(struct arena *arena, int64_t moment)
{
    time_t seconds = (time_t)(moment / 1000000);
    struct tm tm;
    char text[MOMENT_BYTES];
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof(text), "%Y-%m-%d %H:%M UTC", &tm);
    return str_copy(arena, str_of(text));
}

static double set_sheet_head(struct setting *setting)
{
    const struct letter *letter = setting->letter;
    const struct words *words = setting->words;
    struct str operator= first_line(letter->letterhead);
    struct str from = letter->received ? letter->other : operator;
    struct str to = letter->received ? operator: letter->other;
    double y = SHEET_Y;
    page_text(&setting->page, PAGE_NAME, "P", LEFT, NAME_Y, WIDTH,
              letter->kind == LETTER_SMS ? STR("SMS") : STR("E-Mail"));
    y += set_pair(setting, LEFT, y, LABEL_W, WIDTH, words->from, from);
    y += set_pair(setting, LEFT, y, LABEL_W, WIDTH, words->to, to);
    y += set_pair(setting, LEFT, y, LABEL_W, WIDTH, words->time,
                  moment_words(setting->arena, letter->sent_at));
    y += set_pair(setting, LEFT, y, LABEL_W, WIDTH, words->subject, letter->subject);
    page_rule(&setting->page, LEFT, y + GAP / 2, WIDTH);
    return y + 2 * GAP;
}

/* ---- the body ---- */

/* How much further down than the last line the next one ends. */
static double line_height(PangoLayoutIter *iter)
{
    int top, bottom;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return (double)(bottom - top) / PANGO_SCALE;
}

static unsigned count_pages(PangoLayout *body, double y)
{
    PangoLayoutIter *iter = pango_layout_get_iter(body);
    unsigned pages = 1;
    do {
        double height = line_height(iter);
        if (y + height > BODY_END) {
            pages++;
            y = FURTHER_Y;
        }
        y += height;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return pages;
}

static void set_line(struct setting *setting, PangoLayoutIter *iter, double y)
{
    PangoRectangle extents;
    int top, bottom;
    pango_layout_iter_get_line_extents(iter, NULL, &extents);
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    double baseline = (double)(pango_layout_iter_get_baseline(iter) - top) / PANGO_SCALE;
    cairo_move_to(setting->page.cairo, LEFT + (double)extents.x / PANGO_SCALE, y + baseline);
    pango_cairo_show_layout_line(setting->page.cairo, pango_layout_iter_get_line_readonly(iter));
}

static void set_body(struct setting *setting, PangoLayout *body, double y)
{
    cairo_t *cairo = setting->page.cairo;
    PangoLayoutIter *iter = pango_layout_get_iter(body);
    cairo_tag_begin(cairo, "P", NULL);
    do {
        double height = line_height(iter);
        if (y + height > BODY_END) {
            cairo_tag_end(cairo, "P");
            turn_page(setting);
            cairo_tag_begin(cairo, "P", NULL);
            y = FURTHER_Y;
        }
        set_line(setting, iter, y);
        y += height;
    } while (pango_layout_iter_next_line(iter));
    cairo_tag_end(cairo, "P");
    pango_layout_iter_free(iter);
}

/* ---- the whole ---- */

/* Without these the moment of rendering would be in the bytes. */
static void set_metadata(struct setting *setting)
{
    const struct letter *letter = setting->letter;
    time_t seconds = (time_t)(letter->sent_at / 1000000);
    struct tm tm;
    char text[MOMENT_BYTES];
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
    cairo_surface_t *surface = setting->page.surface;
    struct str title = letter->subject.len == 0 ? STR("SMS") : letter->subject;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   str_copy(setting->arena, title).at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Dossier");
}

enum status letter_render(struct letter_pdf *pdf, struct arena *arena, const struct letter *letter)
{
    struct setting setting = {
        .letter = letter, .words = words_in(letter->locale), .arena = arena, .number = 1};
    PangoContext *context = press_context();
    struct buf out;
    if (context == NULL)
        return STATUS_UNAVAILABLE;
    if (letter->body.len > BODY_BYTES_MAX)
        return STATUS_LIMIT;
    buf_init(&out, arena, 32 * 1024);
    page_begin(&setting.page, context, letter->locale, &out);
    set_metadata(&setting);
    double y = letter->kind == LETTER_PAPER ? set_paper_head(&setting) : set_sheet_head(&setting);
    PangoLayout *body = page_layout(&setting.page, PAGE_TEXT, WIDTH, letter->body);
    setting.pages = count_pages(body, y);
    set_footer(&setting);
    set_body(&setting, body, y);
    g_object_unref(body);
    if (!page_end(&setting.page))
        return STATUS_INTERNAL;
    *pdf = (struct letter_pdf){.bytes = buf_str(&out), .pages = setting.pages};
    return STATUS_OK;
}
