/* page: sheets of A4 one after the other, and text set on them. */
#include "letter/page.h"

#include "base/arena.h"
#include "base/buf.h"
#include <cairo-pdf.h>
#include <stdio.h>

static const double A4_WIDTH = 210 * PAGE_MM, A4_HEIGHT = 297 * PAGE_MM, LINE_SPACING = 1.2;

static cairo_status_t on_bytes(void *context, const unsigned char *bytes, unsigned length)
{
    buf_add(context, (struct str){.at = (const char *)bytes, .len = length});
    return CAIRO_STATUS_SUCCESS;
}

/* The first that has a glyph sets it. */
#define FAMILIES "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Droid Sans Fallback,"

static const char *const fonts[PAGE_FONTS] = {
    [PAGE_TEXT] = FAMILIES " 10",
    [PAGE_SMALL] = FAMILIES " 7.5",
    [PAGE_STRONG] = FAMILIES " Bold 11",
    [PAGE_NAME] = FAMILIES " Bold 20",
};

void page_begin(struct page *page, PangoContext *context, struct str locale, struct buf *out)
{
    char language[36];
    snprintf(language, sizeof(language), STR_FMT, STR_ARG(locale));
    page->surface = cairo_pdf_surface_create_for_stream(on_bytes, out, A4_WIDTH, A4_HEIGHT);
    cairo_pdf_surface_restrict_to_version(page->surface, CAIRO_PDF_VERSION_1_5);
    page->cairo = cairo_create(page->surface);
    page->context = context;
    pango_context_set_language(context, pango_language_from_string(language));
    pango_cairo_update_context(page->cairo, context);
    for (int i = 0; i < PAGE_FONTS; i++)
        page->fonts[i] = pango_font_description_from_string(fonts[i]);
}

bool page_end(struct page *page)
{
    for (int i = 0; i < PAGE_FONTS; i++)
        pango_font_description_free(page->fonts[i]);
    cairo_destroy(page->cairo);
    cairo_surface_finish(page->surface);
    bool complete = cairo_surface_status(page->surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(page->surface);
    return complete;
}

PangoLayout *page_layout(const struct page *page, enum page_font font, double width,
                         struct str text)
{
    PangoLayout *layout = pango_layout_new(page->context);
    pango_layout_set_font_description(layout, page->fonts[font]);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, (float)LINE_SPACING);
    pango_layout_set_text(layout, text.at == NULL ? "" : text.at, (int)text.len);
    return layout;
}

static double show(struct page *page, PangoLayout *layout, const char *tag, double x, double y)
{
    int width, height;
    cairo_tag_begin(page->cairo, tag, NULL);
    cairo_move_to(page->cairo, x, y);
    pango_cairo_show_layout(page->cairo, layout);
    cairo_tag_end(page->cairo, tag);
    pango_layout_get_size(layout, &width, &height);
    g_object_unref(layout);
    return (double)height / PANGO_SCALE;
}

double page_text(struct page *page, enum page_font font, const char *tag, double x, double y,
                 double width, struct str text)
{
    return show(page, page_layout(page, font, width, text), tag, x, y);
}

double page_text_at_end(struct page *page, enum page_font font, double x, double y, double width,
                        struct str text)
{
    PangoLayout *layout = page_layout(page, font, width, text);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    return show(page, layout, "P", x, y);
}

void page_rule(struct page *page, double x, double y, double width)
{
    cairo_set_line_width(page->cairo, 0.5);
    cairo_move_to(page->cairo, x, y);
    cairo_line_to(page->cairo, x + width, y);
    cairo_stroke(page->cairo);
}
