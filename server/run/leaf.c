/* leaf: one value of a row as JSON text (specification §6.4.3, result coercion §3.5). */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include <math.h>

/* Days since 1970-01-01 to a civil date (Howard Hinnant's algorithm, proleptic Gregorian). */
static void civil_of_days(int64_t days, int *year, unsigned *month, unsigned *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    unsigned of_era = (unsigned)(days - era * 146097);
    unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned shifted = (5 * of_year + 2) / 153;
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

/* With leading zeros. */
static void add_digits(struct buf *out, unsigned value, unsigned count)
{
    char *at = buf_reserve(out, count);
    out->len += count;
    while (count > 0) {
        at[--count] = (char)('0' + value % 10);
        value /= 10;
    }
}

static void add_date(struct buf *out, int64_t days)
{
    int year;
    unsigned month, day;
    civil_of_days(days, &year, &month, &day);
    add_digits(out, (unsigned)year, 4);
    buf_add_char(out, '-');
    add_digits(out, month, 2);
    buf_add_char(out, '-');
    add_digits(out, day, 2);
}

static void add_time(struct buf *out, int64_t microseconds, char separator, const char *zone)
{
    int64_t seconds = microseconds / 1000000, rest = microseconds % 1000000;
    if (rest < 0) {
        rest += 1000000;
        seconds--;
    }
    int64_t days = seconds / 86400, of_day = seconds % 86400;
    if (of_day < 0) {
        of_day += 86400;
        days--;
    }
    add_date(out, days);
    buf_add_char(out, separator);
    add_digits(out, (unsigned)(of_day / 3600), 2);
    buf_add_char(out, ':');
    add_digits(out, (unsigned)(of_day / 60 % 60), 2);
    buf_add_char(out, ':');
    add_digits(out, (unsigned)(of_day % 60), 2);
    if (rest != 0) {
        buf_add_char(out, '.');
        add_digits(out, (unsigned)rest, 6);
    }
    buf_add(out, str_of(zone));
}

/* The value as the text of a JSON string, whatever the cell is. */
static bool write_text(struct buf *out, const struct cell *cell)
{
    if (cell->kind == CELL_TEXT) {
        buf_add_json_string(out, cell_str(cell));
        return true;
    }
    buf_add_char(out, '"');
    switch (cell->kind) {
    case CELL_INT:
        buf_add_int(out, cell->integer);
        break;
    case CELL_UINT:
        buf_add_uint(out, (uint64_t)cell->integer);
        break;
    case CELL_DOUBLE:
        buf_add_double(out, cell->real);
        break;
    case CELL_DATE:
        add_date(out, cell->integer);
        break;
    case CELL_TIME: /* as MariaDB prints it, for schemas that call a DATETIME a String */
        add_time(out, cell->integer, ' ', "");
        break;
    default:
        return false;
    }
    buf_add_char(out, '"');
    return true;
}

static bool write_int(struct buf *out, const struct cell *cell, struct str *problem)
{
    int64_t value = cell->integer;
    if (cell->kind == CELL_DOUBLE && cell->real == floor(cell->real) && fabs(cell->real) < 4e9)
        value = (int64_t)cell->real;
    else if (cell->kind != CELL_INT && !(cell->kind == CELL_UINT && value >= 0)) {
        *problem = STR("Int cannot represent a value that is not a whole number.");
        return false;
    }
    if (value < INT32_MIN || value > INT32_MAX) {
        *problem =
            str_printf(out->arena, "Int cannot represent non 32-bit signed integer value: %lld",
                       (long long)value);
        return false;
    }
    buf_add_int(out, value);
    return true;
}

static bool write_float(struct buf *out, const struct cell *cell)
{
    if (cell->kind == CELL_DOUBLE)
        buf_add_double(out, cell->real);
    else if (cell->kind == CELL_INT)
        buf_add_int(out, cell->integer);
    else if (cell->kind == CELL_UINT)
        buf_add_uint(out, (uint64_t)cell->integer);
    else if (cell->kind == CELL_TEXT) /* a DECIMAL, whose text is a JSON number */
        buf_add(out, cell_str(cell));
    else
        return false;
    return true;
}

static bool write_boolean(struct buf *out, const struct cell *cell)
{
    if (cell->kind != CELL_INT && cell->kind != CELL_UINT)
        return false;
    buf_add(out, cell->integer != 0 ? STR("true") : STR("false"));
    return true;
}

static bool write_any(struct buf *out, const struct cell *cell)
{
    if (cell->kind == CELL_INT || cell->kind == CELL_UINT || cell->kind == CELL_DOUBLE)
        return write_float(out, cell);
    return write_text(out, cell);
}

static bool write_form(struct buf *out, enum form form, struct str constant,
                       const struct cell *cell, struct str *problem)
{
    switch (form) {
    case FORM_INT:
        return write_int(out, cell, problem);
    case FORM_FLOAT:
        return write_float(out, cell);
    case FORM_BOOLEAN:
        return write_boolean(out, cell);
    case FORM_GLOBAL_ID:
        buf_add_json_string(out, global_id_encode(out->arena, constant, cell));
        return true;
    case FORM_DATE_TIME:
        if (cell->kind != CELL_TIME)
            return write_text(out, cell);
        buf_add_char(out, '"');
        add_time(out, cell->integer, 'T', "Z\"");
        return true;
    case FORM_JSON:
        buf_add(out, cell_str(cell));
        return cell->kind == CELL_TEXT;
    case FORM_ANY:
        return write_any(out, cell);
    default:
        return write_text(out, cell);
    }
}

bool leaf_write(struct buf *out, enum form form, struct str constant, const struct cell *cell,
                struct str *problem)
{
    *problem = (struct str){0};
    if (write_form(out, form, constant, cell, problem))
        return true;
    if (problem->len == 0)
        *problem = STR("The stored value does not fit the type of the field.");
    return false;
}
