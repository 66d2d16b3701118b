/* cursor: where a row stands in its order: base64url of a version, the order's fingerprint and the
 * values.
 *
 * A cursor only moves the beginning of a page, within what row scopes allow; one that was made for
 * another order or by hand is refused, not guessed at.
 */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"

enum { CURSOR_VERSION = 1, CURSOR_LIMIT = 1024 };

/* Days of the years that a database knows, 0 to 9999, from 1970 on. */
enum { FIRST_DAY = -719528, LAST_DAY = 2932896 };

static uint32_t order_fingerprint(const struct binding *binding, const struct page *page)
{
    uint64_t hash = str_hash(binding->target->name);
    for (uint32_t i = 0; i < page->order_count; i++)
        hash =
            (hash ^ str_hash(page->order[i].column) ^ page->order[i].descending) * 0x100000001b3u;
    return (uint32_t)(hash >> 32);
}

struct str cursor_encode(struct arena *arena, const struct fetch *fetch, const struct page *page,
                         const struct cell *row)
{
    struct buf bytes;
    buf_init(&bytes, arena, 64);
    uint32_t fingerprint = order_fingerprint(fetch->binding, page);
    buf_add_char(&bytes, CURSOR_VERSION);
    buf_add(&bytes, (struct str){.at = (const char *)&fingerprint, .len = sizeof(fingerprint)});
    for (uint32_t i = 0; i < page->order_count; i++) {
        const struct cell *cell = &row[page->order_columns[i]];
        buf_add_char(&bytes, (char)cell->kind);
        if (cell->kind == CELL_TEXT) {
            buf_add(&bytes, (struct str){.at = (const char *)&cell->len, .len = sizeof(cell->len)});
            buf_add(&bytes, cell_str(cell));
        } else {
            buf_add(&bytes,
                    (struct str){.at = (const char *)&cell->integer, .len = sizeof(cell->integer)});
        }
    }
    return base64url_encode(arena, buf_str(&bytes));
}

/* Takes len bytes off the front. */
static bool take(struct str *bytes, void *out, size_t len)
{
    if (bytes->len < len)
        return false;
    memcpy(out, bytes->at, len);
    *bytes = (struct str){.at = bytes->at + len, .len = bytes->len - len};
    return true;
}

/* A number may be any; a day or a moment made by hand may be none that a statement can ask for. */
static bool is_possible(const struct cell *cell)
{
    const int64_t day = INT64_C(86400) * 1000000;
    if (cell->kind == CELL_DATE)
        return cell->integer >= FIRST_DAY && cell->integer <= LAST_DAY;
    if (cell->kind == CELL_TIME)
        return cell->integer >= FIRST_DAY * day && cell->integer < (LAST_DAY + 1) * day;
    return cell->kind == CELL_INT || cell->kind == CELL_UINT;
}

static bool take_cell(struct str *bytes, struct cell *cell)
{
    uint8_t kind;
    *cell = (struct cell){0};
    if (!take(bytes, &kind, 1))
        return false;
    cell->kind = kind;
    if (kind == CELL_TEXT) {
        if (!take(bytes, &cell->len, sizeof(cell->len)) || bytes->len < cell->len)
            return false;
        cell->text = bytes->at;
        *bytes = (struct str){.at = bytes->at + cell->len, .len = bytes->len - cell->len};
        return utf8_valid(cell_str(cell));
    }
    return take(bytes, &cell->integer, sizeof(cell->integer)) && is_possible(cell);
}

bool cursor_decode(struct arena *arena, const struct binding *binding, struct str text,
                   struct page *page)
{
    struct str bytes;
    uint8_t version;
    uint32_t fingerprint;
    if (text.len > CURSOR_LIMIT || !base64url_decode(arena, text, &bytes))
        return false;
    if (!take(&bytes, &version, 1) || version != CURSOR_VERSION)
        return false;
    if (!take(&bytes, &fingerprint, sizeof(fingerprint)) ||
        fingerprint != order_fingerprint(binding, page))
        return false;
    page->cursor = arena_array(arena, struct cell, page->order_count);
    for (uint32_t i = 0; i < page->order_count; i++) {
        if (!take_cell(&bytes, &page->cursor[i]))
            return false;
    }
    return bytes.len == 0;
}
