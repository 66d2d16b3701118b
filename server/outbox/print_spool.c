/* print_spool: a letter is put into a folder, where whoever prints takes it from.
 *
 * REFERENCE.pdf is the letter, REFERENCE.json says what it is. Each appears as a whole, the second
 * last: a letter is there once its REFERENCE.json is. Whoever prints may take both away.
 */
#include "outbox/internal.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include "letter/record.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct print_spool {
    struct way super;
    const char *folder;
    int fd; /* of the folder */
};

static bool write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t some = write(fd, bytes.at, bytes.len);
        if (some < 0 && errno == EINTR)
            continue;
        if (some <= 0)
            return false;
        bytes = (struct str){.at = bytes.at + some, .len = bytes.len - (size_t)some};
    }
    return fsync(fd) == 0;
}

/* Under a name that nobody takes for a letter. */
static bool write_beside(const struct print_spool *spool, const char *beside, struct str bytes)
{
    int fd = openat(spool->fd, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
    bool written = fd != -1 && write_all(fd, bytes);
    if (fd != -1)
        close(fd);
    return written;
}

static bool show(const struct print_spool *spool, const char *beside, const char *name)
{
    return renameat(spool->fd, beside, spool->fd, name) == 0 && fsync(spool->fd) == 0;
}

static struct str manifest_of(const struct parcel *parcel, const struct letter_pdf *pdf,
                              struct str sha256)
{
    json_t *json = json_pack(
        "{s:s%, s:s%, s:s%, s:i, s:s%}", "reference", parcel->reference.at, parcel->reference.len,
        "customer", parcel->number.at, parcel->number.len, "language", parcel->letter.locale.at,
        parcel->letter.locale.len, "pages", (int)pdf->pages, "sha256", sha256.at, sha256.len);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_INDENT(2));
    struct str manifest = str_copy(parcel->arena, str_of(text == NULL ? "" : text));
    free(text);
    json_decref(json);
    return manifest;
}

/* The letter as people are shown it, remembered as if somebody had been. */
static bool render(struct parcel *parcel, struct letter_pdf *pdf, struct str *sha256)
{
    if (letter_render(pdf, parcel->arena, &parcel->letter) != STATUS_OK)
        return false;
    *sha256 = sha256_hex(parcel->arena, pdf->bytes);
    return record_document(parcel->database, parcel->arena, parcel->message_id, pdf, *sha256) ==
           STATUS_OK;
}

static void hand_over(struct way *way, struct parcel *parcel, struct outcome *outcome)
{
    const struct print_spool *spool = (struct print_spool *)way;
    struct letter_pdf pdf;
    struct str sha256;
    const char *name = str_copy(parcel->arena, parcel->reference).at;
    const char *pdf_name = str_printf(parcel->arena, "%s.pdf", name).at;
    const char *manifest_name = str_printf(parcel->arena, "%s.json", name).at;
    const char *pdf_beside = str_printf(parcel->arena, ".%s.pdf", name).at;
    const char *manifest_beside = str_printf(parcel->arena, ".%s.json", name).at;
    if (!render(parcel, &pdf, &sha256)) {
        *outcome = (struct outcome){.result = RESULT_NEVER, .problem = "NOT_RENDERED"};
        return;
    }
    *outcome = (struct outcome){.result = RESULT_LATER, .problem = "UNREACHABLE"};
    if (!write_beside(spool, pdf_beside, pdf.bytes) ||
        !write_beside(spool, manifest_beside, manifest_of(parcel, &pdf, sha256)) ||
        !show(spool, pdf_beside, pdf_name)) {
        log_event(LOG_ERROR, "a letter cannot be put into the print spool", "folder", spool->folder,
                  "problem", strerror(errno), NULL);
        return;
    }
    if (!parcel_hand_over(parcel))
        return;
    *outcome = show(spool, manifest_beside, manifest_name)
                   ? (struct outcome){.result = RESULT_SENT}
                   : (struct outcome){.result = RESULT_UNKNOWN, .problem = "MAYBE_SENT"};
}

static void close_folder(void *spool)
{
    close(((struct print_spool *)spool)->fd);
}

struct way *print_spool_open(struct arena *arena, const char *folder, struct str *problem)
{
    struct print_spool *spool = arena_new(arena, struct print_spool);
    *spool = (struct print_spool){.super = {.channel = "POST", .send = hand_over}, .folder = folder};
    if (mkdir(folder, 0750) != 0 && errno != EEXIST) {
        *problem = str_printf(arena, "cannot make the folder %s: %s", folder, strerror(errno));
        return NULL;
    }
    spool->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (spool->fd == -1) {
        *problem = str_printf(arena, "cannot open the folder %s: %s", folder, strerror(errno));
        return NULL;
    }
    arena_defer(arena, close_folder, spool);
    return &spool->super;
}
