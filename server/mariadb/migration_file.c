/* migration_file: reads the folder of migrations and splits files at the semicolons that count. */
#define _GNU_SOURCE
#include "migration_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { BYTES_AT_MOST = 8 << 20 };

/* Behind the comment or the quoted text that begins at `at`; `at` itself when there is none. */
static const char *skip_comment(const char *at, const char *end)
{
    bool line = *at == '#' ||
                (end - at > 2 && at[0] == '-' && at[1] == '-' && isspace((unsigned char)at[2]));
    if (line) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        return stop == NULL ? end : stop + 1;
    }
    if (end - at < 4 || at[0] != '/' || at[1] != '*')
        return at;
    const char *stop = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
    return stop == NULL ? end : stop + 2;
}

static const char *skip_quoted(const char *at, const char *end)
{
    char quote = *at;
    if (quote != '\'' && quote != '"' && quote != '`')
        return at;
    for (at++; at < end && *at != quote; at++) {
        if (*at == '\\' && quote != '`')
            at++;
    }
    return at < end ? at + 1 : end;
}

static const char *skip_between(const char *at, const char *end)
{
    while (at < end) {
        const char *next = isspace((unsigned char)*at) ? at + 1 : skip_comment(at, end);
        if (next == at)
            break;
        at = next;
    }
    return at;
}

static size_t word_length(const char *at, const char *end)
{
    const char *stop = at;
    while (stop < end && (isalnum((unsigned char)*stop) || *stop == '_'))
        stop++;
    return (size_t)(stop - at);
}

static bool word_is(const char *at, size_t len, const char *word)
{
    return len == strlen(word) && strncasecmp(at, word, len) == 0;
}

static enum migration_statement_kind kind_of(struct str statement)
{
    static const char *const row_words[] = {"INSERT", "UPDATE", "DELETE", "REPLACE"};
    size_t len = word_length(statement.at, statement.at + statement.len);
    if (word_is(statement.at, len, "SET"))
        return MIGRATION_SESSION;
    for (size_t i = 0; i < sizeof(row_words) / sizeof(row_words[0]); i++) {
        if (word_is(statement.at, len, row_words[i]))
            return MIGRATION_ROWS;
    }
    return MIGRATION_TABLES;
}

/* What is known of a statement while its end is looked for. */
struct scan {
    bool creates;  /* CREATE was its first word */
    bool routine;  /* a trigger, procedure, function or event */
    bool has_body; /* with BEGIN */
    unsigned words;
};

static void see_word(struct scan *scan, const char *at, size_t len)
{
    static const char *const routines[] = {"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"};
    if (scan->words++ == 0)
        scan->creates = word_is(at, len, "CREATE");
    for (size_t i = 0; i < sizeof(routines) / sizeof(routines[0]); i++)
        scan->routine |= scan->creates && word_is(at, len, routines[i]);
    scan->has_body |= scan->routine && word_is(at, len, "BEGIN");
}

/* Whether the semicolon at `at` ends the statement: inside of a body only behind a lone END. */
static bool is_end(const struct scan *scan, const char *start, const char *at)
{
    return !scan->has_body || (at - start > 4 && memcmp(at - 4, "\nEND", 4) == 0);
}

static const char *find_end(const char *start, const char *end)
{
    struct scan scan = {0};
    const char *at = start;
    while (at < end) {
        size_t word = word_length(at, end);
        if (word > 0)
            see_word(&scan, at, word);
        const char *next = word > 0 ? at + word : skip_comment(at, end);
        if (next == at)
            next = skip_quoted(at, end);
        if (next == at && *at == ';' && is_end(&scan, start, at))
            return at;
        at = next == at ? at + 1 : next;
    }
    return end;
}

static unsigned count_lines(const char *from, const char *to)
{
    unsigned lines = 0;
    for (const char *at = from; at < to; at++)
        lines += *at == '\n';
    return lines;
}

void migration_file_split(struct migration_file *file, struct arena *arena)
{
    const char *at = file->text.at, *end = file->text.at + file->text.len;
    uint32_t most = 1;
    for (const char *each = at; each < end; each++)
        most += *each == ';';
    file->statements = arena_array(arena, struct migration_statement, most);
    file->statement_count = 0;
    while ((at = skip_between(at, end)) < end) {
        const char *stop = find_end(at, end);
        struct str text = {.at = at, .len = (size_t)(stop - at)};
        if (text.len > 0)
            file->statements[file->statement_count++] = (struct migration_statement){
                .text = text,
                .line = 1 + count_lines(file->text.at, at),
                .kind = kind_of(text),
            };
        at = stop < end ? stop + 1 : end;
    }
}

struct str migration_file_prefix(const struct migration_file *file, uint32_t statement_count,
                                 struct arena *arena)
{
    struct buf text;
    buf_init(&text, arena, file->text.len + 1);
    for (uint32_t i = 0; i < statement_count && i < file->statement_count; i++) {
        buf_add(&text, file->statements[i].text);
        buf_add(&text, STR(";\n"));
    }
    return sha256_hex(arena, buf_str(&text));
}

static bool read_text(struct migration_file *file, struct arena *arena, const char *path,
                      struct str *problem)
{
    FILE *stream = fopen(path, "re");
    char *text = arena_text(arena, BYTES_AT_MOST);
    size_t len = stream == NULL ? 0 : fread(text, 1, BYTES_AT_MOST, stream);
    bool whole = stream != NULL && !ferror(stream) && len < BYTES_AT_MOST;
    if (stream != NULL)
        fclose(stream);
    if (!whole) {
        *problem = str_printf(arena, "the migration %s cannot be read, or has more than %d bytes",
                              path, BYTES_AT_MOST);
        return false;
    }
    file->text = str_copy(arena, (struct str){.at = text, .len = len});
    file->sha256 = sha256_hex(arena, file->text);
    migration_file_split(file, arena);
    if (file->statement_count > 0)
        return true;
    *problem = str_printf(arena, "the migration %s has no statement in it", path);
    return false;
}

/* 0012_ticket.sql */
static bool has_form(const char *name)
{
    size_t len = strlen(name);
    return len > 9 && strspn(name, "0123456789") == 4 && name[4] == '_' &&
           strspn(name + 5, "abcdefghijklmnopqrstuvwxyz0123456789_") == len - 9;
}

static int is_migration(const struct dirent *entry)
{
    return str_ends(str_of(entry->d_name), STR(".sql"));
}

static bool read_file(struct migration_file *file, unsigned number, struct arena *arena,
                      const char *folder, const char *name, struct str *problem)
{
    if (!has_form(name)) {
        *problem =
            str_printf(arena, "%s/%s is not named like a migration: 0012_ticket.sql", folder, name);
        return false;
    }
    file->number = (unsigned)strtoul(name, NULL, 10);
    file->name = str_copy(arena, (struct str){.at = name, .len = strlen(name) - 4});
    if (file->number == number)
        return read_text(file, arena, str_printf(arena, "%s/%s", folder, name).at, problem);
    *problem =
        str_printf(arena,
                   "where migration %04u should be in %s there is %s: numbers go from 0001 on, "
                   "without a gap and each one once",
                   number, folder, name);
    return false;
}

bool migration_files_read(struct migration_file **files, uint32_t *file_count, struct arena *arena,
                          const char *folder, struct str *problem)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_migration, alphasort);
    if (count < 0) {
        *problem =
            str_printf(arena, "the migrations in %s cannot be read: error %d", folder, errno);
        return false;
    }
    *files = arena_array(arena, struct migration_file, (size_t)count + 1);
    bool good = true;
    for (int i = 0; i < count; i++) {
        good = good &&
               read_file(&(*files)[i], (unsigned)i + 1, arena, folder, entries[i]->d_name, problem);
        free(entries[i]);
    }
    free(entries);
    *file_count = (uint32_t)count;
    if (good && count == 0)
        *problem = str_printf(arena, "there are no migrations in %s", folder);
    return good && count > 0;
}
