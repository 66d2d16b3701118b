/* result: walks the rows of a stored binary result. */
#include "result.h"

#include "base/arena.h"
#include "calendar.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum decoder {
    DECODE_INT8,
    DECODE_UINT8,
    DECODE_INT16,
    DECODE_UINT16,
    DECODE_INT32,
    DECODE_UINT32,
    DECODE_INT64,
    DECODE_UINT64,
    DECODE_FLOAT,
    DECODE_DOUBLE,
    DECODE_DATE,
    DECODE_DATETIME,
    DECODE_TIME,
    DECODE_BITS,
    DECODE_TEXT,
    DECODE_NOTHING,
};

enum { INLINE_COLUMNS = 64, MICROSECONDS = 1000000, SECONDS_PER_DAY = 86400 };

struct reader {
    const unsigned char *at;
    const unsigned char *end;
    struct arena *arena; /* of texts that are not in the row as they are */
};

static enum decoder decoder_of(enum enum_field_types type, bool is_unsigned)
{
    switch (type) {
    case MYSQL_TYPE_TINY:
        return is_unsigned ? DECODE_UINT8 : DECODE_INT8;
    case MYSQL_TYPE_SHORT:
        return is_unsigned ? DECODE_UINT16 : DECODE_INT16;
    case MYSQL_TYPE_YEAR:
        return DECODE_UINT16;
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
        return is_unsigned ? DECODE_UINT32 : DECODE_INT32;
    case MYSQL_TYPE_LONGLONG:
        return is_unsigned ? DECODE_UINT64 : DECODE_INT64;
    case MYSQL_TYPE_FLOAT:
        return DECODE_FLOAT;
    case MYSQL_TYPE_DOUBLE:
        return DECODE_DOUBLE;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
        return DECODE_DATE;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        return DECODE_DATETIME;
    case MYSQL_TYPE_TIME:
        return DECODE_TIME;
    case MYSQL_TYPE_BIT:
        return DECODE_BITS;
    case MYSQL_TYPE_NULL:
        return DECODE_NOTHING;
    default:
        return DECODE_TEXT; /* strings, decimals, enums, sets, JSON, bytes */
    }
}

static inline const unsigned char *take(struct reader *reader, size_t size)
{
    if ((size_t)(reader->end - reader->at) < size)
        return NULL;
    const unsigned char *at = reader->at;
    reader->at += size;
    return at;
}

static bool take_length(struct reader *reader, uint64_t *length)
{
    const unsigned char *at = take(reader, 1);
    if (at == NULL)
        return false;
    if (*at < 251) {
        *length = *at;
        return true;
    }
    size_t size = *at == 252 ? 2 : *at == 253 ? 3 : *at == 254 ? 8 : 0;
    at = take(reader, size);
    if (size == 0 || at == NULL)
        return false;
    *length = 0;
    memcpy(length, at, size);
    return true;
}

static bool take_text(struct reader *reader, struct str *text)
{
    uint64_t length;
    if (!take_length(reader, &length) || length > UINT32_MAX)
        return false;
    const unsigned char *at = take(reader, length);
    *text = (struct str){.at = (const char *)at, .len = length};
    return at != NULL;
}

/* Most texts are short: one byte has their length. */
static inline bool take_text_cell(struct reader *reader, struct cell *cell)
{
    struct str text;
    const unsigned char *at = reader->at;
    if (at < reader->end && *at < 251 && reader->end - at > *at) {
        text = (struct str){.at = (const char *)at + 1, .len = *at};
        reader->at += 1 + text.len;
    } else if (!take_text(reader, &text)) {
        return false;
    }
    cell->kind = CELL_TEXT;
    cell->len = (uint32_t)text.len;
    cell->text = text.at;
    return true;
}

/* As the machine has them: x86 and ARM are little-endian, as the protocol. */
static inline int64_t load(const unsigned char *at, enum decoder decoder)
{
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (decoder) {
    case DECODE_INT8:
        return (int8_t)*at;
    case DECODE_UINT8:
        return *at;
    case DECODE_INT16:
    case DECODE_UINT16:
        memcpy(&two, at, sizeof(two));
        return decoder == DECODE_INT16 ? two : (uint16_t)two;
    case DECODE_INT32:
    case DECODE_UINT32:
        memcpy(&four, at, sizeof(four));
        return decoder == DECODE_INT32 ? four : (int64_t)(uint32_t)four;
    default:
        memcpy(&eight, at, sizeof(eight));
        return eight;
    }
}

static inline bool take_integer(struct reader *reader, enum decoder decoder, struct cell *cell)
{
    static const uint8_t sizes[] = {1, 1, 2, 2, 4, 4, 8, 8};
    const unsigned char *at = take(reader, sizes[decoder]);
    if (at == NULL)
        return false;
    cell->integer = load(at, decoder);
    cell->kind = decoder == DECODE_UINT64 && cell->integer < 0 ? CELL_UINT : CELL_INT;
    return true;
}

/* The double that reads like the float: 0.1, not 0.10000000149011612. */
static double widen(float value)
{
    char text[32];
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    return strtod(text, NULL);
}

static bool take_real(struct reader *reader, enum decoder decoder, struct cell *cell)
{
    cell->kind = CELL_DOUBLE;
    if (decoder == DECODE_DOUBLE) {
        const unsigned char *at = take(reader, sizeof(double));
        if (at != NULL)
            memcpy(&cell->real, at, sizeof(double));
        return at != NULL;
    }
    float value;
    const unsigned char *at = take(reader, sizeof(value));
    if (at == NULL)
        return false;
    memcpy(&value, at, sizeof(value));
    cell->real = widen(value);
    return true;
}

/* Length, year, month, day, then perhaps hour, minute, second, then perhaps microseconds. A date
 * without a year, month or day, which sql_mode keeps out, is as good as none: NULL. */
static bool take_date(struct reader *reader, enum decoder decoder, struct cell *cell)
{
    const unsigned char *length = take(reader, 1);
    if (length == NULL)
        return false;
    const unsigned char *at = take(reader, *length);
    if (at == NULL || (*length != 0 && *length != 4 && *length != 7 && *length != 11))
        return false;
    if (*length == 0 || at[2] == 0 || at[3] == 0) {
        cell->kind = CELL_NULL;
        return true;
    }
    int64_t days = calendar_days(at[0] | at[1] << 8, at[2], at[3]);
    if (decoder == DECODE_DATE) {
        *cell = (struct cell){.kind = CELL_DATE, .integer = days};
        return true;
    }
    int64_t seconds = days * SECONDS_PER_DAY;
    uint32_t fraction = 0;
    if (*length >= 7)
        seconds += at[4] * 3600 + at[5] * 60 + at[6];
    if (*length == 11)
        memcpy(&fraction, at + 7, sizeof(fraction));
    *cell = (struct cell){.kind = CELL_TIME, .integer = seconds * MICROSECONDS + fraction};
    return true;
}

/* A TIME is a duration: text such as -838:59:59.999999, as MariaDB writes it. */
static bool take_time(struct reader *reader, struct cell *cell)
{
    const unsigned char *length = take(reader, 1);
    if (length == NULL)
        return false;
    const unsigned char *at = take(reader, *length);
    if (at == NULL || (*length != 0 && *length != 8 && *length != 12))
        return false;
    uint32_t days = 0, fraction = 0;
    unsigned hours = 0, minutes = 0, seconds = 0;
    bool negative = false;
    if (*length >= 8) {
        negative = at[0] != 0;
        memcpy(&days, at + 1, sizeof(days));
        hours = days * 24 + at[5];
        minutes = at[6];
        seconds = at[7];
    }
    if (*length == 12)
        memcpy(&fraction, at + 8, sizeof(fraction));
    struct str text =
        str_printf(reader->arena, "%s%02u:%02u:%02u", negative ? "-" : "", hours, minutes, seconds);
    if (fraction != 0)
        text = str_printf(reader->arena, STR_FMT ".%06u", STR_ARG(text), fraction);
    *cell = cell_text(text);
    return true;
}

static bool take_bits(struct reader *reader, struct cell *cell)
{
    struct str bytes;
    if (!take_text(reader, &bytes) || bytes.len > 8)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.len; i++)
        value = value << 8 | (unsigned char)bytes.at[i];
    *cell =
        (struct cell){.kind = value > INT64_MAX ? CELL_UINT : CELL_INT, .integer = (int64_t)value};
    return true;
}

static inline bool take_cell(struct reader *reader, enum decoder decoder, struct cell *cell)
{
    switch (decoder) {
    case DECODE_INT8 ... DECODE_UINT64:
        return take_integer(reader, decoder, cell);
    case DECODE_TEXT:
        return take_text_cell(reader, cell);
    case DECODE_FLOAT:
    case DECODE_DOUBLE:
        return take_real(reader, decoder, cell);
    case DECODE_DATE:
    case DECODE_DATETIME:
        return take_date(reader, decoder, cell);
    case DECODE_TIME:
        return take_time(reader, cell);
    case DECODE_BITS:
        return take_bits(reader, cell);
    case DECODE_NOTHING:
        break;
    }
    return false;
}

void result_columns_resize(struct result_columns *columns, uint32_t width)
{
    if (width != columns->width) {
        free(columns->decoders);
        columns->decoders = malloc(width == 0 ? 1 : width);
        if (columns->decoders == NULL)
            abort(); /* as an arena does */
        columns->width = width;
    }
    if (width > 0)
        memset(columns->decoders, DECODE_NOTHING, width);
}

void result_columns_set(struct result_columns *columns, uint32_t index, enum enum_field_types type,
                        bool is_unsigned)
{
    assert(index < columns->width);
    columns->decoders[index] = (uint8_t)decoder_of(type, is_unsigned);
}

void result_columns_free(struct result_columns *columns)
{
    free(columns->decoders);
    *columns = (struct result_columns){0};
}

/* The NULL bitmap begins with two bits that mean nothing. */
bool result_row(const struct result_columns *columns, const unsigned char *row, size_t len,
                struct arena *arena, struct cell *cells)
{
    struct reader reader = {.at = row, .end = row + len, .arena = arena};
    uint32_t width = columns->width;
    const unsigned char *head = take(&reader, 1);
    const unsigned char *nulls = take(&reader, (width + 2 + 7) / 8);
    if (head == NULL || *head != 0 || nulls == NULL)
        return false;
    for (uint32_t i = 0; i < width; i++) {
        if (nulls[(i + 2) / 8] & 1u << ((i + 2) % 8))
            cells[i].kind = CELL_NULL;
        else if (!take_cell(&reader, columns->decoders[i], &cells[i]))
            return false;
    }
    return reader.at == reader.end;
}

static bool read_rows(const MYSQL_STMT *stmt, struct arena *arena, struct cell *cells)
{
    struct result_columns columns = {0};
    result_columns_resize(&columns, stmt->field_count);
    for (uint32_t i = 0; i < columns.width; i++)
        result_columns_set(&columns, i, stmt->fields[i].type,
                           (stmt->fields[i].flags & UNSIGNED_FLAG) != 0);
    bool good = true;
    for (const MYSQL_ROWS *row = stmt->result.data; row != NULL && good; row = row->next) {
        char *bytes = arena_text(arena, row->length);
        memcpy(bytes, row->data, row->length);
        good = result_row(&columns, (unsigned char *)bytes, row->length, arena, cells);
        cells += columns.width;
    }
    result_columns_free(&columns);
    return good;
}

enum status result_read(MYSQL_STMT *stmt, struct arena *arena, struct rows *rows)
{
    uint64_t count = stmt->result.rows, width = stmt->field_count;
    *rows = (struct rows){.width = (uint32_t)width};
    if (count == 0)
        return STATUS_OK;
    if (count * width > UINT32_MAX)
        return STATUS_LIMIT;
    struct cell *cells = arena_array(arena, struct cell, count * width);
    if (!read_rows(stmt, arena, cells))
        return STATUS_INTERNAL;
    rows->cells = cells;
    rows->count = (uint32_t)count;
    return STATUS_OK;
}
