/* request: parameters become the binary values of COM_STMT_EXECUTE. */
#include "request.h"

#include "calendar.h"
#include "packets.h"
#include "statement.h"
#include <stdlib.h>

enum {
    FIXED_PART = 10,      /* command, statement, flags, iterations */
    VALUE_MOST = 12,      /* of what is not text: a moment with its length */
    TEXT_LENGTH_MOST = 9, /* before a text */
    IS_UNSIGNED = 0x80,
    KEPT = 256 << 10, /* so much stays when nothing is under way */
    MICROSECONDS = 1000000,
    SECONDS_PER_DAY = 86400,
    YEAR_MOST = 9999,
};

static unsigned char *put(unsigned char *at, const void *bytes, size_t len)
{
    memcpy(at, bytes, len); /* numbers as the machine has them: little-endian, as the protocol */
    return at + len;
}

static unsigned char *put_text(unsigned char *at, const struct cell *cell)
{
    if (cell->len < 251) {
        *at++ = (unsigned char)cell->len;
    } else if (cell->len <= UINT16_MAX) {
        *at++ = 252;
        at = put(at, &cell->len, 2);
    } else {
        *at++ = 253;
        at = put(at, &cell->len, 3);
    }
    return cell->len == 0 ? at : put(at, cell->text, cell->len);
}

/* NULL: beyond what MariaDB can keep. */
static unsigned char *put_days(unsigned char *at, unsigned char len, int64_t days)
{
    int year;
    unsigned month, day;
    calendar_date(days, &year, &month, &day);
    if (year < 0 || year > YEAR_MOST)
        return NULL;
    *at++ = len;
    at = put(at, &year, 2);
    *at++ = (unsigned char)month;
    *at++ = (unsigned char)day;
    return at;
}

static unsigned char *put_moment(unsigned char *at, int64_t microseconds)
{
    const int64_t per_day = (int64_t)SECONDS_PER_DAY * MICROSECONDS;
    int64_t rest = ((microseconds % per_day) + per_day) % per_day;
    at = put_days(at, 11, (microseconds - rest) / per_day);
    if (at == NULL)
        return NULL;
    uint32_t seconds = (uint32_t)(rest / MICROSECONDS), fraction = (uint32_t)(rest % MICROSECONDS);
    *at++ = (unsigned char)(seconds / 3600);
    *at++ = (unsigned char)(seconds / 60 % 60);
    *at++ = (unsigned char)(seconds % 60);
    return put(at, &fraction, sizeof(fraction));
}

/* NULL: cannot be sent. */
static unsigned char *put_value(unsigned char *at, const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_NULL:
        return at; /* a bit says so */
    case CELL_INT:
    case CELL_UINT:
        return put(at, &cell->integer, sizeof(cell->integer));
    case CELL_DOUBLE:
        return put(at, &cell->real, sizeof(cell->real));
    case CELL_TEXT:
        return put_text(at, cell);
    case CELL_DATE:
        return put_days(at, 4, cell->integer);
    case CELL_TIME:
        return put_moment(at, cell->integer);
    case CELL_OBJECT:
    case CELL_LIST:
        break;
    }
    return NULL;
}

/* The type's number in the first byte, its flag in the second. A NULL has the type of the value
 * before it, so that the types need not be sent again. */
static uint16_t type_of(const struct cell *cell, uint16_t before)
{
    switch (cell->kind) {
    case CELL_NULL:
        return before == 0 ? MYSQL_TYPE_STRING : before;
    case CELL_INT:
        return MYSQL_TYPE_LONGLONG;
    case CELL_UINT:
        return MYSQL_TYPE_LONGLONG | IS_UNSIGNED << 8;
    case CELL_DOUBLE:
        return MYSQL_TYPE_DOUBLE;
    case CELL_DATE:
        return MYSQL_TYPE_DATE;
    case CELL_TIME:
        return MYSQL_TYPE_DATETIME;
    case CELL_TEXT:
    case CELL_OBJECT:
    case CELL_LIST:
        break;
    }
    return MYSQL_TYPE_STRING;
}

static bool change_types(uint16_t *types, const struct cell *parameters, uint32_t count)
{
    bool changed = false;
    for (uint32_t i = 0; i < count; i++) {
        uint16_t type = type_of(&parameters[i], types[i]);
        changed |= type != types[i];
        types[i] = type;
    }
    return changed;
}

static size_t size_most(const struct cell *parameters, uint32_t count)
{
    size_t size = PACKET_HEAD + FIXED_PART;
    if (count > 0)
        size += (count + 7) / 8 + 1 + count * sizeof(uint16_t);
    for (uint32_t i = 0; i < count; i++)
        size += parameters[i].kind == CELL_TEXT ? TEXT_LENGTH_MOST + (size_t)parameters[i].len
                                                : VALUE_MOST;
    return size;
}

static unsigned char *put_parameters(unsigned char *at, struct statement *statement,
                                     const struct cell *parameters, uint32_t count)
{
    if (count == 0)
        return at;
    unsigned char *nulls = at;
    memset(nulls, 0, (count + 7) / 8);
    at += (count + 7) / 8;
    bool changed = change_types(statement->sent_types, parameters, count);
    *at++ = changed;
    if (changed)
        at = put(at, statement->sent_types, count * sizeof(uint16_t));
    for (uint32_t i = 0; i < count && at != NULL; i++) {
        if (parameters[i].kind == CELL_NULL)
            nulls[i / 8] |= (unsigned char)(1u << (i % 8));
        at = put_value(at, &parameters[i]);
    }
    return at;
}

static void reserve(struct request *request, size_t more)
{
    size_t size = request->size == 0 ? 4096 : request->size;
    while (size < request->len + more)
        size *= 2;
    if (size == request->size)
        return;
    unsigned char *bytes = realloc(request->bytes, size);
    if (bytes == NULL)
        abort(); /* as an arena does */
    request->bytes = bytes;
    request->size = size;
}

enum status request_add(struct request *request, struct statement *statement,
                        const struct cell *parameters, uint32_t parameter_count)
{
    if (parameter_count != mysql_stmt_param_count(statement->stmt))
        return STATUS_INTERNAL;
    size_t most = size_most(parameters, parameter_count);
    if (most >= PACKET_PIECE)
        return STATUS_LIMIT;
    reserve(request, most);
    unsigned char *start = request->bytes + request->len, *at = start + PACKET_HEAD;
    const uint32_t id = (uint32_t)statement->stmt->stmt_id, iterations = 1;
    *at++ = COM_STMT_EXECUTE;
    at = put(at, &id, sizeof(id));
    *at++ = CURSOR_TYPE_NO_CURSOR;
    at = put(at, &iterations, sizeof(iterations));
    at = put_parameters(at, statement, parameters, parameter_count);
    if (at == NULL) {
        statement_forget_types(statement);
        return STATUS_INTERNAL;
    }
    const uint32_t head = (uint32_t)(at - start - PACKET_HEAD); /* counted as 0 */
    put(start, &head, sizeof(head));
    request->len += (size_t)(at - start);
    return STATUS_OK;
}

void request_clear(struct request *request)
{
    request->len = 0;
    if (request->size > KEPT)
        request_free(request);
}

void request_free(struct request *request)
{
    free(request->bytes);
    *request = (struct request){0};
}
