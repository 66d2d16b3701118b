/* vault: what is sealed opens in its place with its key and nowhere else; keys are looked after. */
#include "vault/vault.h"

#include "base/arena.h"
#include "base/encode.h"
#include "unit/test.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/dossier-vault-XXXXXX";
static struct arena *arena;
static struct str problem;

static const char *path_of(const char *name)
{
    return str_printf(arena, "%s/%s", folder, name).at;
}

static struct vault *open_vault(void)
{
    return vault_open(arena, folder, &problem);
}

static bool problem_says(const char *words)
{
    return problem.at != NULL && strstr(str_copy(arena, problem).at, words) != NULL;
}

static enum status seal(struct sealed *sealed, const struct vault *vault)
{
    return vault_seal(sealed, arena, vault, STR("12345678"), STR("sim_secret|PUK1|1|2"));
}

static enum status unseal(const struct vault *vault, const struct sealed *sealed, const char *place,
                          struct str *text)
{
    *text = STR("untouched");
    return vault_unseal(text, arena, vault, sealed, str_of(place));
}

static void test_sealing(const struct vault *vault)
{
    struct sealed sealed, again;
    struct str text;
    TEST("a code is sealed", seal(&sealed, vault) == STATUS_OK);
    TEST("S1-27 nothing of it is to be seen",
         sealed.ciphertext.len == 8 && !str_equal(sealed.ciphertext, STR("12345678")));
    TEST("in its place it opens",
         unseal(vault, &sealed, "sim_secret|PUK1|1|2", &text) == STATUS_OK);
    TEST_TEXT("to what it was", text, STR("12345678"));
    TEST("in the row of another card it does not",
         unseal(vault, &sealed, "sim_secret|PUK1|1|3", &text) == STATUS_REFUSED);
    TEST_TEXT("and leaves nothing", text, STR("untouched"));
    TEST("nor in that of another customer",
         unseal(vault, &sealed, "sim_secret|PUK1|2|2", &text) == STATUS_REFUSED);
    TEST("nor as the other code",
         unseal(vault, &sealed, "sim_secret|PUK2|1|2", &text) == STATUS_REFUSED);
    TEST("the same code sealed again has another nonce and looks different",
         seal(&again, vault) == STATUS_OK && !str_equal(again.nonce, sealed.nonce) &&
             !str_equal(again.ciphertext, sealed.ciphertext));
    again.nonce.len--;
    TEST("a nonce that is cut is refused, not read beyond its end",
         unseal(vault, &again, "sim_secret|PUK1|1|2", &text) == STATUS_REFUSED);
    again = sealed;
    again.tag.len = 0;
    TEST("so is a tag that is missing",
         unseal(vault, &again, "sim_secret|PUK1|1|2", &text) == STATUS_REFUSED);
    again = sealed;
    again.ciphertext.len--;
    TEST("so is half a code",
         unseal(vault, &again, "sim_secret|PUK1|1|2", &text) == STATUS_REFUSED);
}

static void test_new_key(const struct vault *vault)
{
    struct sealed sealed;
    struct str text;
    seal(&sealed, vault);
    TEST("a key is put aside", rename(path_of("seal.key"), path_of("previous-seal.key")) == 0);
    const struct vault *both = open_vault();
    TEST("and a new one is made", both != NULL && access(path_of("seal.key"), R_OK) == 0);
    TEST("what the previous one sealed still opens",
         unseal(both, &sealed, "sim_secret|PUK1|1|2", &text) == STATUS_OK);
    struct sealed newer;
    seal(&newer, both);
    TEST("what is sealed now has the new one's name", !str_equal(newer.key, sealed.key) &&
                                                          vault_has_key(both, newer.key) &&
                                                          vault_has_key(both, sealed.key));
    TEST("the previous one is taken away", unlink(path_of("previous-seal.key")) == 0);
    const struct vault *later = open_vault();
    TEST("then what it sealed is not found to have a key",
         later != NULL && !vault_has_key(later, sealed.key) &&
             unseal(later, &sealed, "sim_secret|PUK1|1|2", &text) == STATUS_NOT_FOUND);
    sealed.key = newer.key;
    TEST("and does not open with another one",
         unseal(later, &sealed, "sim_secret|PUK1|1|2", &text) == STATUS_REFUSED);
}

static void test_fingerprints(const struct vault *vault)
{
    struct str one = vault_fingerprint(arena, vault, STR("9999000000010007"));
    TEST("a fingerprint has 32 bytes", one.len == VAULT_FINGERPRINT_BYTES);
    TEST_TEXT("and is the same for the same text",
              vault_fingerprint(arena, open_vault(), STR("9999000000010007")), one);
    TEST("another text has another one",
         !str_equal(one, vault_fingerprint(arena, vault, STR("9999000000010008"))));
    TEST("S4-17 it is not the hash that everybody can try out",
         !str_equal(hex_encode(arena, one), sha256_hex(arena, STR("9999000000010007"))));
}

/* RFC 4231, test case 2, whose key is filled up with zeros as HMAC does. */
static void test_known_fingerprint(void)
{
    char key[KEY_FILE_BYTES] = "Jefe";
    FILE *file = fopen(path_of("fingerprint.key"), "w");
    TEST("the key of fingerprints is another one",
         file != NULL && fwrite(key, sizeof(key), 1, file) == 1 && fclose(file) == 0);
    struct vault *vault = open_vault();
    TEST_TEXT(
        "a fingerprint is HMAC-SHA256 as RFC 4231 has it",
        hex_encode(arena, vault_fingerprint(arena, vault, STR("what do ya want for nothing?"))),
        STR("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

static void test_keys(void)
{
    struct stat about;
    TEST("only their owner can read the keys", stat(path_of("seal.key"), &about) == 0 &&
                                                   (about.st_mode & 0777) == 0600 &&
                                                   about.st_size == KEY_FILE_BYTES);
    TEST("a key that others can read keeps everything shut",
         chmod(path_of("seal.key"), 0644) == 0 && open_vault() == NULL &&
             problem_says("chmod 600"));
    TEST("a key that was cut does, too", chmod(path_of("seal.key"), 0600) == 0 &&
                                             truncate(path_of("seal.key"), 31) == 0 &&
                                             open_vault() == NULL && problem_says("32 bytes"));
    TEST("and it is said what deleting it means", problem_says("can never be opened"));
    TEST("so does one of fingerprints",
         unlink(path_of("seal.key")) == 0 && truncate(path_of("fingerprint.key"), 1) == 0 &&
             open_vault() == NULL && problem_says("fingerprint.key"));
}

int main(void)
{
    if (sodium_init() < 0 || mkdtemp(folder) == NULL)
        return 1;
    arena = arena_create();
    const struct vault *vault = open_vault();
    if (!TEST("a vault is made where there was none", vault != NULL))
        return test_end();
    test_sealing(vault);
    test_new_key(vault);
    test_fingerprints(vault);
    test_known_fingerprint();
    test_keys();
    unlink(path_of("seal.key"));
    unlink(path_of("fingerprint.key"));
    rmdir(folder);
    arena_destroy(arena);
    return test_end();
}
