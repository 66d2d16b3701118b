/* line: texts that people give: names and subjects of one line, and longer ones. */
#pragma once

#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

/* Without blanks at both ends. */
struct str line_trimmed(struct str text);

/* One line of so many characters at most, of which none controls anything. */
bool line_fits(struct str text, uint32_t characters);

/* The same for a few lines. */
bool line_fits_note(struct str text, uint32_t characters);

/* The same for a text of several lines, which is limited in bytes. */
bool line_fits_text(struct str text, uint32_t bytes);
