/* loader: reads the schema's files and makes a schema that knows where its values come from. */
#include "schema/loading.h"

#include "base/arena.h"
#include "graphql/parser.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILES_LIMIT = 256 };

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The *.graphql files of the folder in alphabetical order, so that the schema is the same
 * everywhere. */
static uint32_t list_files(struct loading *loading, char **names)
{
    DIR *folder = opendir(loading->sources->folder);
    if (folder == NULL) {
        mistake(loading, str_of(loading->sources->folder),
                "the folder of the schema cannot be read: %s", strerror(errno));
        return 0;
    }
    uint32_t count = 0;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL && count < FILES_LIMIT) {
        struct str name = str_of(entry->d_name);
        if (str_ends(name, STR(".graphql")) && name.at[0] != '.')
            names[count++] = (char *)str_copy(loading->arena, name).at;
    }
    closedir(folder);
    qsort(names, count, sizeof(*names), compare_names);
    return count;
}

static bool read_file(struct loading *loading, const char *path, struct str *text)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    struct buf buf;
    buf_init(&buf, loading->arena, 16384);
    size_t got;
    while ((got = fread(buf_reserve(&buf, 8192), 1, 8192, file)) > 0)
        buf.len += got;
    bool complete = !ferror(file);
    fclose(file);
    *text = buf_str(&buf);
    return complete;
}

static void add_problems(struct loading *loading, struct str where, const struct errors *errors)
{
    for (const struct error *error = errors->first; error != NULL; error = error->next) {
        uint32_t line = error->location_count > 0 ? error->locations[0].line : 0;
        mistake(loading, where, "line %u: " STR_FMT, line, STR_ARG(error->message));
    }
}

void document_add(struct loading *loading, struct document *document)
{
    uint32_t count = loading->document_count;
    struct document **documents = arena_array(loading->arena, struct document *, count + 1);
    if (count > 0)
        memcpy(documents, loading->documents, count * sizeof(*documents));
    documents[count] = document;
    loading->documents = documents;
    loading->document_count = count + 1;
}

static void read_document(struct loading *loading, struct str path)
{
    struct str text;
    if (!read_file(loading, path.at, &text)) {
        mistake(loading, path, "cannot be read: %s", strerror(errno));
        return;
    }
    struct errors errors;
    errors_init(&errors, loading->arena, 0);
    const struct parse_limits unlimited = {0};
    struct document *document = parse(loading->arena, text, &unlimited, &errors);
    add_problems(loading, path, &errors);
    if (document == NULL)
        return;
    document->source_name = path;
    document_add(loading, document);
}

static void read_documents(struct loading *loading)
{
    const struct schema_sources *sources = loading->sources;
    char *names[FILES_LIMIT];
    uint32_t count = list_files(loading, names);
    if (count == 0 && loading->mistake_count == 0)
        mistake(loading, str_of(sources->folder), "holds no file that ends in .graphql");
    if (sources->directives != NULL)
        read_document(loading, str_of(sources->directives));
    for (uint32_t i = 0; i < count; i++)
        read_document(loading, str_printf(loading->arena, "%s/%s", sources->folder, names[i]));
}

static void build(struct loading *loading)
{
    struct errors errors;
    errors_init(&errors, loading->arena, 0);
    loading->schema =
        schema_build(loading->arena, loading->documents, loading->document_count, &errors);
    add_problems(loading, STR("schema"), &errors);
}

/* Clients never see what binds the schema to its sources, only what they can apply themselves. */
static void hide_directives(struct loading *loading)
{
    const uint32_t of_clients = (1u << (LOCATION_VARIABLE_DEFINITION + 1)) - 1;
    for (uint32_t i = 0; i < loading->schema->directive_count; i++) {
        struct directive *directive = loading->schema->directives[i];
        directive->hidden = !directive->built_in && (directive->locations & of_clients) == 0;
    }
}

enum status schema_load(struct loaded_schema *loaded, struct arena *arena,
                        const struct schema_sources *sources, struct str *problem)
{
    struct loading loading = {.arena = arena, .sources = sources};
    buf_init(&loading.mistakes, arena, 1024);
    map_init(&loading.catalogues, arena, 4);
    read_documents(&loading);
    if (loading.mistake_count == 0)
        history_generate(&loading);
    if (loading.mistake_count == 0) {
        connections_generate(&loading);
        filters_generate(&loading);
        build(&loading);
    }
    if (loading.mistake_count == 0) {
        hide_directives(&loading);
        rights_bind(&loading);
        tables_bind(&loading);
        history_bind_tables(&loading);
        fields_bind(&loading);
        history_bind(&loading);
        arguments_need(&loading);
        moments_bind(&loading);
        filters_bind(&loading);
        resolvers_check(&loading);
        references_bind(&loading);
    }
    if (loading.mistake_count == 0)
        proof_make(&loading);
    *loaded = (struct loaded_schema){
        .schema = loading.schema,
        .scopes = loading.scopes,
        .references = loading.references,
        .reference_count = loading.reference_count,
    };
    *problem = buf_str(&loading.mistakes);
    return loading.mistake_count == 0 ? STATUS_OK : STATUS_INVALID;
}
