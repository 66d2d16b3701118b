/* page: sheets of A4 one after the other, and text set on them.
 *
 * Everything is in points from the upper left corner. Text is never markup.
 */
#pragma once

#include "base/str.h"
#include <pango/pangocairo.h>

struct buf;

#define PAGE_MM (72 / 25.4)

enum page_font { PAGE_TEXT, PAGE_SMALL, PAGE_STRONG, PAGE_NAME, PAGE_FONTS };

struct page {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *context; /* the thread's */
    PangoFontDescription *fonts[PAGE_FONTS];
};

/* What is drawn goes to `out`, complete after page_end(). */
void page_begin(struct page *page, PangoContext *context, struct str locale, struct buf *out);

/* False: there was no memory. */
bool page_end(struct page *page);

/* A layout of ours to free with g_object_unref(); lines are broken at the width. */
PangoLayout *page_layout(const struct page *page, enum page_font font, double width,
                         struct str text);

/* Sets a text; `tag` is what it is in the tree that readers for the blind use: "H1", "P". Returns
 * the height. */
double page_text(struct page *page, enum page_font font, const char *tag, double x, double y,
                 double width, struct str text);

/* As page_text(), against the right end of the width. */
double page_text_at_end(struct page *page, enum page_font font, double x, double y, double width,
                        struct str text);

void page_rule(struct page *page, double x, double y, double width);
