/* gcm: the test cases of the designers of GCM (McGrew and Viega, "The Galois/Counter Mode of
 * Operation", appendix B), and everything that differs by one bit is refused. */
#include "vault/gcm.h"

#include "base/arena.h"
#include "unit/test.h"
#include <sodium.h>

static struct arena *arena;

static struct str bytes(const char *hex)
{
    size_t length = strlen(hex) / 2;
    char *out = arena_text(arena, length + 1);
    sodium_hex2bin((unsigned char *)out, length + 1, hex, strlen(hex), NULL, NULL, NULL);
    return (struct str){.at = out, .len = length};
}

static const struct vector {
    const char *says, *key, *nonce, *bound, *text, *ciphertext, *tag;
} vectors[] = {
    {"test case 13: nothing at all",
     "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000",
     "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {"test case 14: a block of zeros",
     "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000",
     "", "00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18",
     "d0d1c8a799996bf0265b98b5d48ab919"},
    {"test case 16: text and what it is bound to",
     "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

static const unsigned char *key_of(struct str key)
{
    return (const unsigned char *)key.at;
}

static void test_vector(const struct vector *vector)
{
    struct str text = bytes(vector->text), bound = bytes(vector->bound);
    char tag[GCM_TAG_BYTES], *sealed = arena_text(arena, text.len + 1),
                             *opened = arena_text(arena, text.len + 1);
    bool done =
        gcm_seal(key_of(bytes(vector->key)), bytes(vector->nonce).at, bound, text, sealed, tag);
    TEST(vector->says, done);
    TEST_TEXT("is sealed as they say", ((struct str){.at = sealed, .len = text.len}),
              bytes(vector->ciphertext));
    TEST_TEXT("with their tag", ((struct str){.at = tag, .len = sizeof(tag)}), bytes(vector->tag));
    TEST("and opens", gcm_open(key_of(bytes(vector->key)), bytes(vector->nonce).at, bound,
                               bytes(vector->ciphertext), tag, opened));
    TEST_TEXT("to what it was", ((struct str){.at = opened, .len = text.len}), text);
}

enum part { KEY, NONCE, BOUND, CIPHERTEXT, TAG, PARTS };

/* Opens the last vector with one bit of one part turned; whether anything came of it. */
static bool opens_turned(enum part part, size_t bit)
{
    const struct vector *vector = &vectors[2];
    struct str parts[PARTS] = {
        [KEY] = bytes(vector->key),     [NONCE] = bytes(vector->nonce),
        [BOUND] = bytes(vector->bound), [CIPHERTEXT] = bytes(vector->ciphertext),
        [TAG] = bytes(vector->tag),
    };
    char *turned = arena_text(arena, parts[part].len);
    memcpy(turned, parts[part].at, parts[part].len);
    turned[bit / 8] ^= (char)(1 << bit % 8);
    parts[part].at = turned;
    char opened[64] = {0};
    bool done = gcm_open(key_of(parts[KEY]), parts[NONCE].at, parts[BOUND], parts[CIPHERTEXT],
                         parts[TAG].at, opened);
    for (size_t i = 0; i < sizeof(opened); i++)
        done = done || opened[i] != 0;
    return done;
}

static void test_turned(const char *says, enum part part, size_t length)
{
    unsigned opened = 0;
    for (size_t bit = 0; bit < length * 8; bit++)
        opened += opens_turned(part, bit);
    TEST(says, opened == 0);
}

int main(void)
{
    arena = arena_create();
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
        test_vector(&vectors[i]);
    test_turned("with any bit of the key turned nothing opens", KEY, GCM_KEY_BYTES);
    test_turned("nor of the nonce", NONCE, GCM_NONCE_BYTES);
    test_turned("nor of what it is bound to", BOUND, 20);
    test_turned("nor of the sealed text", CIPHERTEXT, 60);
    test_turned("nor of the tag, and nothing is left of the text", TAG, GCM_TAG_BYTES);
    arena_destroy(arena);
    return test_end();
}
