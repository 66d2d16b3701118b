/* scalars_own: Dossier's scalars, each with the form in which the rest of the server gets it. */
#include "graphql/scalars.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/printer.h"

enum {
    MICROSECOND_DIGITS = 6,
    DECIMAL_WHOLE_DIGITS = 35,
    DECIMAL_FRACTION_DIGITS = 30,
    E164_DIGITS = 15,
};

/* Reading text from left to right. */
struct reading {
    struct str text;
    size_t at;
};

static char peek(const struct reading *reading)
{
    return reading->at < reading->text.len ? reading->text.at[reading->at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool skip(struct reading *reading, char c)
{
    if (peek(reading) != c || reading->at == reading->text.len)
        return false;
    reading->at++;
    return true;
}

static size_t skip_digits(struct reading *reading)
{
    size_t start = reading->at;
    while (is_digit(peek(reading)))
        reading->at++;
    return reading->at - start;
}

static bool at_end(const struct reading *reading)
{
    return reading->at == reading->text.len;
}

/* A number of exactly so many digits, between two bounds. */
static bool read_number(struct reading *reading, int digits, int least, int most, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, reading->at++) {
        if (!is_digit(peek(reading)))
            return false;
        *value = *value * 10 + (peek(reading) - '0');
    }
    return *value >= least && *value <= most;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

struct moment {
    int year, month, day, hour, minute, second;
};

static bool read_date(struct reading *reading, struct moment *moment)
{
    return read_number(reading, 4, 1, 9999, &moment->year) && skip(reading, '-') &&
           read_number(reading, 2, 1, 12, &moment->month) && skip(reading, '-') &&
           read_number(reading, 2, 1, days_in_month(moment->year, moment->month), &moment->day);
}

static bool read_time(struct reading *reading, struct moment *moment)
{
    return read_number(reading, 2, 0, 23, &moment->hour) && skip(reading, ':') &&
           read_number(reading, 2, 0, 59, &moment->minute) && skip(reading, ':') &&
           read_number(reading, 2, 0, 59, &moment->second);
}

static void next_day(struct moment *moment)
{
    if (++moment->day <= days_in_month(moment->year, moment->month))
        return;
    moment->day = 1;
    if (++moment->month > 12) {
        moment->month = 1;
        moment->year++;
    }
}

static void previous_day(struct moment *moment)
{
    if (--moment->day >= 1)
        return;
    if (--moment->month < 1) {
        moment->month = 12;
        moment->year--;
    }
    moment->day = days_in_month(moment->year, moment->month);
}

/* "Z" or an offset from UTC, which is taken off; less than a day, so at most one date away. */
static bool read_offset(struct reading *reading, struct moment *moment)
{
    if (skip(reading, 'Z'))
        return true;
    int sign = skip(reading, '+') ? 1 : skip(reading, '-') ? -1 : 0;
    int hours, minutes;
    if (sign == 0 || !read_number(reading, 2, 0, 23, &hours) || !skip(reading, ':') ||
        !read_number(reading, 2, 0, 59, &minutes))
        return false;
    int total = moment->hour * 60 + moment->minute - sign * (hours * 60 + minutes);
    if (total < 0)
        previous_day(moment);
    if (total >= 24 * 60)
        next_day(moment);
    total = (total + 24 * 60) % (24 * 60);
    moment->hour = total / 60;
    moment->minute = total % 60;
    return moment->year >= 1 && moment->year <= 9999;
}

/* RFC 3339; canonical in UTC, the fraction as it was written. */
static bool make_date_time(struct arena *arena, struct str text, struct str *canonical)
{
    struct reading reading = {.text = text};
    struct moment moment;
    if (!read_date(&reading, &moment) || !skip(&reading, 'T') || !read_time(&reading, &moment))
        return false;
    struct str fraction = {.at = text.at + reading.at};
    if (skip(&reading, '.')) {
        size_t digits = skip_digits(&reading);
        if (digits == 0 || digits > MICROSECOND_DIGITS)
            return false;
        fraction.len = digits + 1;
    }
    if (!read_offset(&reading, &moment) || !at_end(&reading))
        return false;
    *canonical =
        str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d" STR_FMT "Z", moment.year, moment.month,
                   moment.day, moment.hour, moment.minute, moment.second, STR_ARG(fraction));
    return true;
}

static bool make_date(struct arena *arena, struct str text, struct str *canonical)
{
    struct reading reading = {.text = text};
    struct moment moment;
    *canonical = text;
    return read_date(&reading, &moment) && at_end(&reading);
}

/* Digits without a leading zero, unless zero is all there is. */
static size_t skip_whole(struct reading *reading)
{
    bool zero = peek(reading) == '0';
    size_t digits = skip_digits(reading);
    return zero && digits > 1 ? 0 : digits;
}

/* Compared as text, because one digit more would not fit. */
static bool fits_64_bits(struct str digits, bool negative)
{
    struct str largest = negative ? STR("9223372036854775808") : STR("9223372036854775807");
    return digits.len < largest.len ||
           (digits.len == largest.len && str_compare(digits, largest) <= 0);
}

static bool make_big_int(struct arena *arena, struct str text, struct str *canonical)
{
    struct reading reading = {.text = text};
    bool negative = skip(&reading, '-');
    struct str digits = {.at = text.at + reading.at, .len = text.len - reading.at};
    *canonical = text;
    if (skip_whole(&reading) == 0 || !at_end(&reading) || !fits_64_bits(digits, negative))
        return false;
    return !(negative && str_is(digits, "0"));
}

static bool make_decimal(struct arena *arena, struct str text, struct str *canonical)
{
    struct reading reading = {.text = text};
    skip(&reading, '-');
    size_t whole = skip_whole(&reading);
    *canonical = text;
    if (whole == 0 || whole > DECIMAL_WHOLE_DIGITS)
        return false;
    if (skip(&reading, '.')) {
        size_t fraction = skip_digits(&reading);
        if (fraction == 0 || fraction > DECIMAL_FRACTION_DIGITS)
            return false;
    }
    return at_end(&reading);
}

static bool make_uuid(struct arena *arena, struct str text, struct str *canonical)
{
    if (text.len != 36)
        return false;
    char *lower = arena_text(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        lower[i] = c >= 'A' && c <= 'F' ? (char)(c + 'a' - 'A') : c;
        bool hex = is_digit(lower[i]) || (lower[i] >= 'a' && lower[i] <= 'f');
        if (dash ? c != '-' : !hex)
            return false;
    }
    *canonical = (struct str){.at = lower, .len = text.len};
    return true;
}

static bool make_e164(struct arena *arena, struct str text, struct str *canonical)
{
    struct reading reading = {.text = text};
    *canonical = text;
    if (!skip(&reading, '+') || peek(&reading) == '0')
        return false;
    size_t digits = skip_digits(&reading);
    return digits >= 2 && digits <= E164_DIGITS && at_end(&reading);
}

enum number_use { NO_NUMBERS, INTEGERS, EXACT_NUMBERS };

struct own_scalar {
    struct scalar scalar;
    bool (*make)(struct arena *arena, struct str text, struct str *canonical);
    enum number_use numbers; /* which numbers stand for text; JSON's have no exact fractions */
    const char *example;
};

static bool refuse(const struct own_scalar *own, struct buf *message, struct str *problem)
{
    buf_printf(message, ". Write it like %s", own->example);
    *problem = buf_str(message);
    return false;
}

static bool own_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                          struct input *out, struct str *problem)
{
    const struct own_scalar *own = (const struct own_scalar *)scalar;
    struct str text = {.at = json_string_value(json), .len = json_string_length(json)};
    if (own->numbers != NO_NUMBERS && json_is_integer(json))
        text = str_printf(arena, "%lld", (long long)json_integer_value(json));
    *out = (struct input){.kind = INPUT_STRING};
    if (text.at != NULL && own->make(arena, text, &out->text))
        return true;
    struct buf message;
    buf_init(&message, arena, 128);
    buf_printf(&message, "%s cannot represent value: ", scalar->name);
    inspect_json(&message, json);
    return refuse(own, &message, problem);
}

static bool own_from_literal(const struct scalar *scalar, struct arena *arena,
                             const struct ast_value *literal, struct input *out,
                             struct str *problem)
{
    const struct own_scalar *own = (const struct own_scalar *)scalar;
    bool accepted = literal->kind == AST_VALUE_STRING ||
                    (literal->kind == AST_VALUE_INT && own->numbers != NO_NUMBERS) ||
                    (literal->kind == AST_VALUE_FLOAT && own->numbers == EXACT_NUMBERS);
    *out = (struct input){.kind = INPUT_STRING};
    if (accepted && own->make(arena, literal->text, &out->text))
        return true;
    struct buf message;
    buf_init(&message, arena, 128);
    buf_printf(&message, "%s cannot represent value: ", scalar->name);
    print_value(&message, literal);
    return refuse(own, &message, problem);
}

/* clang-format off */
#define SCALAR(name, url) {name, url, own_from_json, own_from_literal}

static const struct own_scalar all[] = {
    {SCALAR("DateTime", "https://scalars.graphql.org/andimarek/date-time.html"),
     make_date_time, NO_NUMBERS, "\"2026-10-01T12:30:00Z\"."},
    {SCALAR("Date", "https://scalars.graphql.org/andimarek/local-date.html"),
     make_date, NO_NUMBERS, "\"2026-10-01\"."},
    {SCALAR("BigInt", NULL),
     make_big_int, INTEGERS, "\"9007199254740993\"."},
    {SCALAR("MinorUnits", NULL),
     make_big_int, INTEGERS, "\"1250\" for 12.50 EUR."},
    {SCALAR("Decimal", NULL),
     make_decimal, EXACT_NUMBERS, "\"12.50\"."},
    {SCALAR("UUID", "https://www.rfc-editor.org/rfc/rfc9562"),
     make_uuid, NO_NUMBERS, "\"0f8fad5b-d9cb-469f-a165-70867728950e\"."},
    {SCALAR("E164", "https://www.itu.int/rec/T-REC-E.164"),
     make_e164, NO_NUMBERS, "\"+4930123456\"."},
};
/* clang-format on */

const struct scalar *scalar_own_find(struct str name)
{
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (str_is(name, all[i].scalar.name))
            return &all[i].scalar;
    }
    return NULL;
}
