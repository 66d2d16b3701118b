/* assets: the built app, held in memory. */
#include "http/assets.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/map.h"
#include "http/reply.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 8 * 1024 * 1024, DEPTH_MAX = 8 };

/* In order of preference. */
enum encoding { BROTLI, GZIP, PLAIN, ENCODINGS };

static const struct {
    const char *suffix;
    const char *token; /* for Accept-Encoding and Content-Encoding */
} encodings[ENCODINGS] = {
    [BROTLI] = {".br", "br"},
    [GZIP] = {".gz", "gzip"},
    [PLAIN] = {"", NULL},
};

/* What a browser app is made of. Files of other kinds are not served. */
static const struct {
    const char *suffix;
    const char *content_type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=us-ascii"},
};

struct asset {
    const char *content_type;
    bool immutable;             /* its name changes with its content */
    struct str body[ENCODINGS]; /* .at NULL: not there */
    struct str etag[ENCODINGS];
};

struct assets {
    struct map files; /* "/assets/app-1a2b3c4d.js" to struct asset */
    const struct asset *page;
};

static const struct str page_suffix = STR(".html");

static const char *type_of(struct str name)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_ends(name, str_of(types[i].suffix)))
            return types[i].content_type;
    return NULL;
}

/* ---- loading ---- */

struct loading {
    struct arena *arena;
    struct assets *assets;
    struct str *problem;
};

static bool fail(struct loading *loading, const char *path)
{
    *loading->problem = str_printf(loading->arena, "cannot read %s: %s", path, strerror(errno));
    return false;
}

static bool read_file(struct loading *loading, int fd, const char *path, struct str *bytes)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return fail(loading, path);
    if (info.st_size > FILE_BYTES_MAX) {
        errno = EFBIG;
        return fail(loading, path);
    }
    char *to = arena_text(loading->arena, (size_t)info.st_size + 1);
    size_t len = 0;
    for (ssize_t got; len < (size_t)info.st_size; len += (size_t)got) {
        got = read(fd, to + len, (size_t)info.st_size - len);
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return fail(loading, path);
        }
    }
    *bytes = (struct str){.at = to, .len = len};
    return true;
}

static void add(struct loading *loading, struct str address, enum encoding encoding,
                struct str bytes)
{
    struct asset *asset = map_get(&loading->assets->files, address);
    if (asset == NULL) {
        asset = arena_new(loading->arena, struct asset);
        asset->content_type = type_of(address);
        asset->immutable = str_starts(address, STR("/assets/"));
        map_put(&loading->assets->files, address, asset);
        if (str_ends(address, page_suffix)) /* /reset is the page /reset.html */
            map_put(&loading->assets->files,
                    (struct str){.at = address.at, .len = address.len - page_suffix.len}, asset);
    }
    struct str hash = sha256_hex(loading->arena, bytes);
    asset->body[encoding] = bytes;
    asset->etag[encoding] = str_printf(loading->arena, "\"%.32s\"", hash.at);
}

/* Source maps, the list of documents, hidden files and what we know no type for stay inside. */
static bool load_file(struct loading *loading, int fd, const char *path, struct str address)
{
    struct str bytes;
    for (enum encoding encoding = BROTLI; encoding < ENCODINGS; encoding++) {
        struct str suffix = str_of(encodings[encoding].suffix);
        if (!str_ends(address, suffix))
            continue;
        struct str plain = {.at = address.at, .len = address.len - suffix.len};
        if (type_of(plain) == NULL || str_is(plain, "/documents.json"))
            return true;
        if (!read_file(loading, fd, path, &bytes))
            return false;
        add(loading, str_copy(loading->arena, plain), encoding, bytes);
        return true;
    }
    return true;
}

static bool load_folder(struct loading *loading, const char *folder, const char *address,
                        int depth);

static bool load_entry(struct loading *loading, const char *folder, const char *address,
                       const char *name, int depth)
{
    struct stat info;
    const char *path = str_printf(loading->arena, "%s/%s", folder, name).at;
    struct str below = str_printf(loading->arena, "%s/%s", address, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd == -1 && errno == ELOOP)
        return true; /* a symbolic link */
    if (fd == -1 || fstat(fd, &info) != 0)
        return fail(loading, path);
    bool loaded = true;
    if (S_ISDIR(info.st_mode))
        loaded = depth >= DEPTH_MAX || load_folder(loading, path, below.at, depth + 1);
    else if (S_ISREG(info.st_mode))
        loaded = load_file(loading, fd, path, below);
    close(fd);
    return loaded;
}

static bool load_folder(struct loading *loading, const char *folder, const char *address, int depth)
{
    DIR *dir = opendir(folder);
    bool loaded = true;
    if (dir == NULL)
        return fail(loading, folder);
    for (struct dirent *entry; loaded && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            loaded = load_entry(loading, folder, address, entry->d_name, depth);
    closedir(dir);
    return loaded;
}

const struct assets *assets_load(struct arena *arena, const char *folder, struct str *problem)
{
    struct assets *assets = arena_new(arena, struct assets);
    struct loading loading = {.arena = arena, .assets = assets, .problem = problem};
    map_init(&assets->files, arena, 64);
    if (!load_folder(&loading, folder, "", 0))
        return NULL;
    for (size_t i = 0; i < assets->files.count; i++) {
        const struct map_entry *file = &assets->files.entries[i];
        if (((struct asset *)file->value)->body[PLAIN].at == NULL) {
            *problem =
                str_printf(arena, "%s" STR_FMT " is there only compressed; build the app again",
                           folder, STR_ARG(file->key));
            return NULL;
        }
    }
    assets->page = map_get(&assets->files, STR("/index.html"));
    if (assets->page == NULL) {
        *problem = str_printf(
            arena,
            "there is no index.html in %s; build the app: npm ci && npm run build in webapp/",
            folder);
        return NULL;
    }
    return assets;
}

/* ---- answering ---- */

/* "br" in "gzip, br;q=0.9", but not in "br;q=0". */
static bool accepts(struct str accept_encoding, const char *token)
{
    size_t len = strlen(token);
    for (size_t at = 0; at + len <= accept_encoding.len; at++) {
        const char *found = accept_encoding.at + at, *after = found + len,
                   *end = accept_encoding.at + accept_encoding.len;
        bool starts = at == 0 || found[-1] == ' ' || found[-1] == ',';
        if (!starts || strncasecmp(found, token, len) != 0)
            continue;
        if (after == end || *after == ',' || *after == ' ')
            return true;
        return *after == ';' &&
               !(end - after >= 4 && strncmp(after, ";q=0", 4) == 0 &&
                 (end - after == 4 || after[4] == ',' || strncmp(after + 4, ".0", 2) == 0));
    }
    return false;
}

static enum encoding best_encoding(const struct asset *asset, h2o_req_t *req)
{
    struct str accepted = reply_request_header(req, H2O_TOKEN_ACCEPT_ENCODING);
    for (enum encoding encoding = BROTLI; encoding < PLAIN; encoding++)
        if (asset->body[encoding].at != NULL && accepts(accepted, encodings[encoding].token))
            return encoding;
    return PLAIN;
}

static void send_asset(const struct asset *asset, h2o_req_t *req)
{
    enum encoding encoding = best_encoding(asset, req);
    bool has_variants = asset->body[BROTLI].at != NULL || asset->body[GZIP].at != NULL;

    reply_header(req, "cache-control",
                 asset->immutable ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
    reply_header(req, "etag", asset->etag[encoding]);
    if (has_variants)
        reply_header(req, "vary", STR("accept-encoding"));
    if (str_equal(reply_request_header(req, H2O_TOKEN_IF_NONE_MATCH), asset->etag[encoding])) {
        reply_send(req, 304, NULL, STR(""));
        return;
    }
    if (encoding != PLAIN)
        reply_header(req, "content-encoding", str_of(encodings[encoding].token));
    reply_send(req, 200, asset->content_type, asset->body[encoding]);
}

/* The app's own addresses have no dot in them; what has one was meant as a file. */
static bool is_address_of_app(struct str path)
{
    return memchr(path.at, '.', path.len) == NULL;
}

void assets_answer(const struct assets *assets, h2o_req_t *req)
{
    struct str path = {.at = req->path_normalized.base, .len = req->path_normalized.len};
    if (!reply_method_reads(req))
        return;
    const struct asset *asset = map_get(&assets->files, path);
    if (asset == NULL && is_address_of_app(path))
        asset = assets->page;
    if (asset == NULL)
        reply_problem(req, 404, STATUS_NOT_FOUND, "There is nothing at this address.");
    else
        send_asset(asset, req);
}
