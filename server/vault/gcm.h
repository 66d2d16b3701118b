/* gcm: AES-256-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16, by OpenSSL.
 *
 * The pointers lead to as many bytes as the names say; the output has as many as the input.
 */
#pragma once

#include "base/str.h"

enum { GCM_KEY_BYTES = 32, GCM_NONCE_BYTES = 12, GCM_TAG_BYTES = 16 };

/* `bound` is not hidden, but has to be the same when it is opened. */
bool gcm_seal(const unsigned char key[GCM_KEY_BYTES], const char nonce[GCM_NONCE_BYTES],
              struct str bound, struct str text, char *ciphertext, char tag[GCM_TAG_BYTES]);

/* False: another key, nonce, bound text, ciphertext or tag. Then nothing is left in `text`. */
bool gcm_open(const unsigned char key[GCM_KEY_BYTES], const char nonce[GCM_NONCE_BYTES],
              struct str bound, struct str ciphertext, const char tag[GCM_TAG_BYTES], char *text);
