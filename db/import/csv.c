/* csv: a state machine over the bytes of a file. */
#include "csv.h"

#include "base/encode.h"
#include <errno.h>
#include <stdarg.h>

enum csv_state {
    FIELD_START, /* nothing of the field was read */
    UNQUOTED,
    QUOTED,      /* between quotes */
    QUOTE_ENDED, /* a quote was read: the end of the field, or the first half of "" */
};

static enum csv_outcome __attribute__((format(printf, 2, 3)))
fail(struct csv *csv, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(csv->problem, sizeof(csv->problem), format, arguments);
    va_end(arguments);
    return CSV_PROBLEM;
}

void csv_init(struct csv *csv, FILE *file)
{
    csv->file = file;
    csv->line = 1;
    csv->record_line = 1;
    csv->field_count = 0;
    csv->length = 0;
    csv->problem[0] = 0;
    if (fgetc(file) != 0xEF || fgetc(file) != 0xBB || fgetc(file) != 0xBF)
        rewind(file);
}

static bool end_field(struct csv *csv, size_t start)
{
    if (csv->field_count == CSV_FIELD_LIMIT)
        return false;
    csv->fields[csv->field_count++] =
        (struct str){.at = csv->text + start, .len = csv->length - start};
    return true;
}

static enum csv_outcome end_record(struct csv *csv, size_t start)
{
    if (!end_field(csv, start))
        return fail(csv, "more than %d fields", CSV_FIELD_LIMIT);
    for (uint32_t i = 0; i < csv->field_count; i++) {
        if (!utf8_valid(csv->fields[i]))
            return fail(csv, "field %u is not UTF-8 text", i + 1);
    }
    return CSV_RECORD;
}

static enum csv_outcome at_end_of_file(struct csv *csv, enum csv_state state, size_t start)
{
    if (ferror(csv->file))
        return fail(csv, "the file cannot be read on: %s", strerror(errno));
    if (state == QUOTED)
        return fail(csv, "a quote is opened and never closed");
    if (state == FIELD_START && csv->field_count == 0)
        return CSV_END;
    return end_record(csv, start);
}

static bool keep(struct csv *csv, int byte)
{
    if (csv->length == CSV_RECORD_LIMIT)
        return false;
    csv->text[csv->length++] = (char)byte;
    return true;
}

/* Outside of quotes CRLF is one LF, and so is a CR at the very end. */
static int next_byte(struct csv *csv, bool quoted)
{
    int byte = fgetc(csv->file);
    if (byte == '\r' && !quoted) {
        int next = fgetc(csv->file);
        if (next == '\n' || next == EOF)
            byte = next;
        else
            ungetc(next, csv->file);
    }
    if (byte == '\n')
        csv->line++;
    return byte;
}

static bool ends_text(enum csv_state state, int byte)
{
    return byte == '"' || (state != QUOTED && (byte == ',' || byte == '\n'));
}

enum csv_outcome csv_next(struct csv *csv)
{
    enum csv_state state = FIELD_START;
    size_t start = 0;
    csv->length = 0;
    csv->field_count = 0;
    csv->record_line = csv->line;
    for (;;) {
        int byte = next_byte(csv, state == QUOTED);
        if (byte == EOF)
            return at_end_of_file(csv, state, start);
        if (byte == 0)
            return fail(csv, "there is a NUL byte: is this a text file?");
        bool doubled_quote = state == QUOTE_ENDED && byte == '"';
        if (doubled_quote || !ends_text(state, byte)) {
            if (state == QUOTE_ENDED && !doubled_quote)
                return fail(csv, "something follows the closing quote of field %u",
                            csv->field_count + 1);
            if (!keep(csv, byte))
                return fail(csv, "longer than %d bytes", CSV_RECORD_LIMIT);
            state = doubled_quote ? QUOTED : state == FIELD_START ? UNQUOTED : state;
            continue;
        }
        if (byte == '\n')
            return end_record(csv, start);
        if (byte == ',') {
            if (!end_field(csv, start))
                return fail(csv, "more than %d fields", CSV_FIELD_LIMIT);
            start = csv->length;
            state = FIELD_START;
            continue;
        }
        if (state == UNQUOTED)
            return fail(csv, "a quote stands inside field %u", csv->field_count + 1);
        state = state == QUOTED ? QUOTE_ENDED : QUOTED;
    }
}
