/* media: whatever Accept and Content-Type say, an answer; and naming a type is accepting it. */
#include "http/media.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char first[] = "application/json;q=1,";
    char *text = malloc(size + sizeof(first));
    memcpy(text, first, sizeof(first) - 1);
    if (size > 0)
        memcpy(text + sizeof(first) - 1, data, size);
    struct str alone = {.at = text + sizeof(first) - 1, .len = size};
    media_accepted(alone);
    media_is_json(alone);
    if (media_accepted((struct str){.at = text, .len = sizeof(first) - 1 + size}) == MEDIA_NONE)
        abort();
    free(text);
    return 0;
}
