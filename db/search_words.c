/* search_words: the different words of all names, by each three characters in a row of them. */
#include "db/search_words.h"

#include "base/arena.h"
#include "base/cell.h"
#include "db/batch.h"
#include "mariadb/database.h"

static size_t character(struct str text, size_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80);
    return at;
}

struct str search_characters(struct str text, uint32_t count)
{
    size_t len = 0;
    for (; len < text.len && count > 0; count--)
        len = character(text, len);
    return count > 0 ? (struct str){0} : (struct str){.at = text.at, .len = len};
}

static void add_grams(struct batch *batch, struct str word)
{
    struct str rest = word, gram;
    while ((gram = search_characters(rest, SEARCH_GRAM)).len > 0) {
        struct cell *row = batch_row(batch);
        row[0] = cell_text(gram);
        row[1] = cell_text(word);
        size_t one = character(rest, 0);
        rest = (struct str){.at = rest.at + one, .len = rest.len - one};
    }
}

enum status search_words_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id)
{
    /* In order, so that two who bring the same words wait for each other in the same order. */
    static const char new_words[] =
        "SELECT DISTINCT s.term FROM customer_search_term AS s "
        "LEFT JOIN customer_search_gram AS g "
        "ON g.gram = LEFT(s.term, 3) AND g.word = s.term "
        "WHERE s.customer_id BETWEEN ? AND ? AND s.kind = 'NAME' AND g.word IS NULL "
        "AND CHAR_LENGTH(s.term) >= 3 ORDER BY s.term";
    static const struct batch_table table = {
        .name = "customer_search_gram", .columns = "gram, word", .skips_known = true};
    const struct cell ids[] = {cell_int(first_id), cell_int(last_id)};
    struct rows words;
    struct batch batch;
    TRY(database_run(database, arena, STR(new_words), ids, 2, &words));
    batch_init(&batch, &table, arena);
    for (uint32_t i = 0; i < words.count; i++)
        add_grams(&batch, cell_str(&words.cells[i]));
    return batch_send(&batch, database, NULL);
}
