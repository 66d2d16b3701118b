/* global_id: ids that say which type they are of: base64url of "Customer:1042".
 *
 * Opaque by contract: clients keep and send them, nothing else. They protect nothing, row scopes
 * do.
 */
#include "run/global_id.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"

struct str global_id_encode(struct arena *arena, struct str type, const struct cell *key)
{
    struct buf plain;
    buf_init(&plain, arena, type.len + 24);
    buf_add(&plain, type);
    buf_add_char(&plain, ':');
    if (key->kind == CELL_TEXT)
        buf_add(&plain, cell_str(key));
    else
        buf_add_int(&plain, key->integer);
    return base64url_encode(arena, buf_str(&plain));
}

/* Digits only, as we write them: no sign, no leading zero, within 63 bits. */
static bool decode_number(struct str digits, int64_t *number)
{
    if (digits.len == 0 || digits.len > 19 || (digits.at[0] == '0' && digits.len > 1))
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(digits.at[i] - '0');
    }
    *number = (int64_t)value;
    return value <= INT64_MAX;
}

bool plain_id_decode(struct str id, struct cell *key)
{
    int64_t number;
    if (!decode_number(id, &number))
        return false;
    *key = cell_int(number);
    return true;
}

bool global_id_decode(struct arena *arena, struct str type, struct str id, struct cell *key)
{
    struct str plain;
    if (id.len > 200 || !base64url_decode(arena, id, &plain))
        return false;
    if (plain.len <= type.len || plain.at[type.len] != ':' || !str_starts(plain, type))
        return false;
    struct str digits = {.at = plain.at + type.len + 1, .len = plain.len - type.len - 1};
    int64_t number;
    if (!decode_number(digits, &number))
        return false;
    *key = cell_int(number);
    return true;
}
