/* encode: bytes as text for URLs, tokens and hashes. */
#pragma once

#include "str.h"

struct arena;

struct str base64url_encode(struct arena *arena, struct str bytes);

/* Strict: the URL alphabet, no padding, no stray bits. False when the text is not that. */
bool base64url_decode(struct arena *arena, struct str text, struct str *bytes);

struct str hex_encode(struct arena *arena, struct str bytes);

/* SHA-256 as 64 hexadecimal digits. */
struct str sha256_hex(struct arena *arena, struct str bytes);

/* Length of the well-formed UTF-8 sequence of two to four bytes at `at`, or 0. */
size_t utf8_sequence(const unsigned char *at, size_t left);
bool utf8_valid(struct str text);
