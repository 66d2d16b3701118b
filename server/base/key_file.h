/* key_file: a secret of 32 random bytes in a file that only its owner may read. */
#pragma once

#include "str.h"

struct arena;

enum { KEY_FILE_BYTES = 32 };

/* Makes the folder where it is missing, and in it the file where that is; what is there is left as
 * it is. False with the reason in *problem. */
bool key_file_ensure(struct arena *arena, const char *folder, const char *path,
                     struct str *problem);

/* 1: read, 0: there is none, -1: it cannot be used, with the reason in *problem. `loss` says what
 * deleting the file would mean. */
int key_file_read(struct arena *arena, const char *path, const char *loss,
                  unsigned char secret[KEY_FILE_BYTES], struct str *problem);

/* What a key is told from others by: 16 hexadecimal digits and a NUL. */
enum { KEY_FILE_NAME_SIZE = 17 };
void key_file_name(char name[KEY_FILE_NAME_SIZE], const unsigned char secret[KEY_FILE_BYTES]);
