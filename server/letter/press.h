/* press: the fonts of all letters, and what each thread sets its lines with.
 *
 * Fonts are those listed in press.c and no others, whatever else is installed and configured: the
 * same text looks the same on every machine with these packages.
 */
#pragma once

#include <pango/pangocairo.h>

/* This thread's; NULL: there are no fonts, see the log. Goes with the thread. */
PangoContext *press_context(void);

/* Of the fonts and libraries. */
const char *press_versions(void);
