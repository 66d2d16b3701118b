/* assets: which files of a folder are taken as the app, and which are not. */
#define _GNU_SOURCE
#include "http/assets.h"

#include "base/arena.h"
#include "unit/test.h"
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/dossier-assets-XXXXXX";
static struct arena *arena;

static void put(const char *name, const char *content)
{
    FILE *file = fopen(str_printf(arena, "%s/%s", folder, name).at, "w");
    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    return remove(path);
}

int main(void)
{
    struct str problem = {0};
    arena = arena_create();
    if (mkdtemp(folder) == NULL)
        abort();
    TEST("a folder without index.html is refused, with what to do",
         assets_load(arena, folder, &problem) == NULL && strstr(problem.at, "npm") != NULL);
    put("index.html", "<!doctype html>");
    TEST("a page alone is an app", assets_load(arena, folder, &problem) != NULL);
    put("app.js.br", "compressed");
    TEST("a file that is there only compressed is refused",
         assets_load(arena, folder, &problem) == NULL && strstr(problem.at, "app.js") != NULL);
    put("app.js", "plain");
    put(".hidden.js", "x");
    put("app.js.map", "x");
    TEST("with the plain one beside it, it is taken", assets_load(arena, folder, &problem) != NULL);
    TEST("a symbolic link can be made",
         symlink("/etc/passwd", str_printf(arena, "%s/link.txt", folder).at) == 0 &&
             mkfifo(str_printf(arena, "%s/pipe.txt", folder).at, 0600) == 0);
    TEST("links and pipes neither stop nor hang the start",
         assets_load(arena, folder, &problem) != NULL);
    TEST("a folder that is not there is refused", assets_load(arena, "/nowhere", &problem) == NULL);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_destroy(arena);
    return test_end();
}
