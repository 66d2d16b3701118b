/* encode: base64url, hexadecimal and SHA-256, over libsodium; UTF-8 checking. */
#include "encode.h"

#include "arena.h"
#include <sodium.h>

struct str base64url_encode(struct arena *arena, struct str bytes)
{
    size_t size = sodium_base64_ENCODED_LEN(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_text(arena, size);
    sodium_bin2base64(text, size, (const unsigned char *)bytes.at, bytes.len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){.at = text, .len = size - 1};
}

bool base64url_decode(struct arena *arena, struct str text, struct str *bytes)
{
    size_t size = text.len / 4 * 3 + 3;
    char *out = arena_text(arena, size + 1);
    size_t len = 0;
    if (sodium_base642bin((unsigned char *)out, size, text.at, text.len, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    out[len] = '\0';
    *bytes = (struct str){.at = out, .len = len};
    return true;
}

struct str hex_encode(struct arena *arena, struct str bytes)
{
    char *text = arena_text(arena, bytes.len * 2 + 1);
    sodium_bin2hex(text, bytes.len * 2 + 1, (const unsigned char *)bytes.at, bytes.len);
    return (struct str){.at = text, .len = bytes.len * 2};
}

struct str sha256_hex(struct arena *arena, struct str bytes)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.at, bytes.len);
    return hex_encode(arena, (struct str){.at = (const char *)hash, .len = sizeof(hash)});
}

size_t utf8_sequence(const unsigned char *at, size_t left)
{
    unsigned char first = at[0];
    size_t len = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || left < len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    }
    bool overlong = (first == 0xE0 && at[1] < 0xA0) || (first == 0xF0 && at[1] < 0x90);
    bool surrogate = first == 0xED && at[1] >= 0xA0;
    bool too_large = first == 0xF4 && at[1] >= 0x90;
    return overlong || surrogate || too_large ? 0 : len;
}

bool utf8_valid(struct str text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.len;) {
        uint64_t eight;
        if (text.len - i >= sizeof(eight)) {
            memcpy(&eight, at + i, sizeof(eight));
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof(eight);
                continue;
            }
        }
        size_t len = at[i] < 0x80 ? 1 : utf8_sequence(at + i, text.len - i);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}
