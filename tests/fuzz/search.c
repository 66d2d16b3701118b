/* search: whatever is typed into a search, the condition has a value for each question mark, and
 * not a byte of what was typed in its own text. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "plan/binding.h"
#include "resolvers/customer_find.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PARAMETERS = 256, MARK = 0x01 };

/* Only bytes that our own texts are made of, so nothing typed got in; as many values as marks. */
static void check(const struct predicate *made)
{
    static const char ours[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               " _.,()=<>?&'!%*+-|#";
    struct str sql = buf_str(made->sql);
    uint32_t marks = 0, quotes = 0;
    for (size_t i = 0; i < sql.len; i++) {
        if (memchr(ours, sql.at[i], sizeof(ours) - 1) == NULL)
            abort();
        marks += sql.at[i] == '?';
        quotes += sql.at[i] == '\'';
    }
    if (marks != made->parameter_count || quotes % 2 != 0)
        abort();
}

/* The first byte says how a piece is compared; pieces end with MARK. */
static bool add_piece(struct customer_find *find, struct str piece)
{
    static const char *const kinds[] = {"NAME", "PHONE", "EMAIL", "ORDER"};
    struct search_pattern patterns[SEARCH_WORDS_LIMIT];
    struct str problem = {0};
    uint32_t count = 0;
    if (piece.len == 0)
        return false;
    unsigned char how = (unsigned char)piece.at[0];
    const char *kind = kinds[how >> 1 & 3];
    piece = (struct str){.at = piece.at + 1, .len = piece.len - 1};
    enum status status =
        search_patterns(find->arena, piece, how & 1, kind == kinds[0], patterns, &count, &problem);
    if ((status == STATUS_OK) != (problem.len == 0) || count > SEARCH_WORDS_LIMIT)
        abort();
    if (status != STATUS_OK)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (patterns[i].text.len == 0 || !customer_find_text(find, kind, &patterns[i]))
            return i > 0;
    }
    return true;
}

static void find_all(struct arena *arena, const struct viewer *viewer, struct str text)
{
    struct customer_find find;
    struct cell parameters[PARAMETERS];
    struct buf sql;
    customer_find_init(&find, arena, viewer);
    while (text.len > 0) {
        const char *end = memchr(text.at, MARK, text.len);
        size_t len = end == NULL ? text.len : (size_t)(end - text.at);
        add_piece(&find, (struct str){.at = text.at, .len = len});
        size_t taken = end == NULL ? len : len + 1;
        text = (struct str){.at = text.at + taken, .len = text.len - taken};
    }
    buf_init(&sql, arena, 256);
    struct predicate made = {
        .viewer = viewer, .sql = &sql, .parameters = parameters, .parameter_limit = PARAMETERS};
    if (customer_find_finish(&find, 1000, &made) != (find.text_count > 0))
        abort();
    if (find.text_count > 0)
        check(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    char *text = arena_text(arena, size + 1);
    memcpy(text, data, size);
    for (int kind = VIEWER_OPERATOR; kind <= VIEWER_CUSTOMER; kind++) {
        const struct viewer viewer = {
            .kind = (enum viewer_kind)kind, .scope_id = 7, .scope_path = STR("/1/7/")};
        find_all(arena, &viewer, (struct str){.at = text, .len = size});
    }
    arena_destroy(arena);
    return 0;
}
