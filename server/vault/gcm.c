/* gcm: AES-256-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16, by OpenSSL. */
#include "vault/gcm.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

static const unsigned char *bytes_of(const char *text)
{
    return (const unsigned char *)text;
}

static bool encrypt(EVP_CIPHER_CTX *context, const unsigned char *key, const char *nonce,
                    struct str bound, struct str text, char *ciphertext, char *tag)
{
    int length;
    return EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, bytes_of(nonce)) == 1 &&
           EVP_EncryptUpdate(context, NULL, &length, bytes_of(bound.at), (int)bound.len) == 1 &&
           EVP_EncryptUpdate(context, (unsigned char *)ciphertext, &length, bytes_of(text.at),
                             (int)text.len) == 1 &&
           EVP_EncryptFinal_ex(context, (unsigned char *)ciphertext + text.len, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, GCM_TAG_BYTES, tag) == 1;
}

bool gcm_seal(const unsigned char key[GCM_KEY_BYTES], const char nonce[GCM_NONCE_BYTES],
              struct str bound, struct str text, char *ciphertext, char tag[GCM_TAG_BYTES])
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool sealed = context != NULL && bound.len <= INT_MAX && text.len <= INT_MAX &&
                  encrypt(context, key, nonce, bound, text, ciphertext, tag);
    EVP_CIPHER_CTX_free(context);
    return sealed;
}

static bool decrypt(EVP_CIPHER_CTX *context, const unsigned char *key, const char *nonce,
                    struct str bound, struct str ciphertext, const char *tag, char *text)
{
    int length;
    unsigned char expected[GCM_TAG_BYTES];
    memcpy(expected, tag, sizeof(expected)); /* OpenSSL wants it writable */
    return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, bytes_of(nonce)) == 1 &&
           EVP_DecryptUpdate(context, NULL, &length, bytes_of(bound.at), (int)bound.len) == 1 &&
           EVP_DecryptUpdate(context, (unsigned char *)text, &length, bytes_of(ciphertext.at),
                             (int)ciphertext.len) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, GCM_TAG_BYTES, expected) == 1 &&
           EVP_DecryptFinal_ex(context, (unsigned char *)text + ciphertext.len, &length) == 1;
}

bool gcm_open(const unsigned char key[GCM_KEY_BYTES], const char nonce[GCM_NONCE_BYTES],
              struct str bound, struct str ciphertext, const char tag[GCM_TAG_BYTES], char *text)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool opened = context != NULL && bound.len <= INT_MAX && ciphertext.len <= INT_MAX &&
                  decrypt(context, key, nonce, bound, ciphertext, tag, text);
    EVP_CIPHER_CTX_free(context);
    if (!opened)
        OPENSSL_cleanse(text, ciphertext.len);
    return opened;
}
