/* sheet: a list of the account as rows of CSV, page by page. */
#include "export/sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/currency.h"
#include "export/csv_write.h"

static struct str text_of(const json_t *value)
{
    if (!json_is_string(value))
        return (struct str){0};
    return (struct str){.at = json_string_value(value), .len = json_string_length(value)};
}

void sheet_write_head(const struct sheet *sheet, struct buf *out)
{
    buf_add(out, STR(CSV_MARK));
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        const struct sheet_column *column = &sheet->columns[i];
        if (i > 0)
            csv_write_next(out);
        csv_write_cell(out, column->heading);
        if (column->currency.at == NULL)
            continue;
        csv_write_next(out);
        csv_write_cell(out, column->currency);
    }
    csv_write_end(out);
}

json_t *sheet_labels(const json_t *answer)
{
    size_t index;
    const json_t *label;
    json_t *labels = json_object();
    json_array_foreach(json_object_get(json_object_get(answer, "data"), SHEET_LABELS), index, label)
    {
        char name[160];
        struct str type = text_of(json_object_get(label, "type"));
        struct str value = text_of(json_object_get(label, "value"));
        snprintf(name, sizeof(name), STR_FMT "." STR_FMT, STR_ARG(type), STR_ARG(value));
        json_object_set(labels, name, json_object_get(label, "label"));
    }
    return labels;
}

/* ---- values ---- */

/* A connection with one node stands for that node. */
static const json_t *step_into(const json_t *value, const char *name, size_t len)
{
    const json_t *nodes = json_object_get(value, "nodes");
    return json_object_getn(nodes == NULL ? value : json_array_get(nodes, 0), name, len);
}

/* NULL: there is nothing at that path. */
static const json_t *value_at(const json_t *value, const char *path)
{
    while (value != NULL) {
        size_t len = strcspn(path, ".");
        value = step_into(value, path, len);
        if (path[len] == '\0')
            return json_is_null(value) ? NULL : value;
        path += len + 1;
    }
    return NULL;
}

static const json_t *first_at(const json_t *row, const char *const *paths)
{
    const json_t *value = NULL;
    for (; value == NULL && *paths != NULL; paths++)
        value = value_at(row, *paths);
    return value;
}

static void write_label(const char *type, const json_t *value, const json_t *labels,
                        struct buf *out)
{
    char name[160];
    struct str code = text_of(value);
    snprintf(name, sizeof(name), "%s." STR_FMT, type, STR_ARG(code));
    struct str label = text_of(json_object_get(labels, name));
    csv_write_cell(out, label.at == NULL ? code : label);
}

static void write_value(const json_t *value, struct buf *out)
{
    char number[40];
    if (json_is_integer(value)) {
        snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        csv_write_cell(out, str_of(number));
    } else if (json_is_real(value)) {
        buf_add_double(out, json_real_value(value));
    } else if (json_is_boolean(value)) {
        csv_write_cell(out, json_is_true(value) ? STR("true") : STR("false"));
    } else {
        csv_write_cell(out, text_of(value));
    }
}

static void write_column(const struct sheet_column *column, const json_t *row, const json_t *labels,
                         struct buf *out)
{
    const json_t *value = first_at(row, column->paths);
    const json_t *minor = json_object_get(value, "minor");
    struct str currency = text_of(json_object_get(value, "currency"));
    if (minor != NULL)
        currency_write(out, text_of(minor), currency);
    else if (column->type != NULL)
        write_label(column->type, value, labels, out);
    else
        write_value(value, out);
    if (column->currency.at == NULL)
        return;
    csv_write_next(out);
    csv_write_cell(out, currency);
}

/* ---- a page ---- */

static void write_row(const struct sheet *sheet, const json_t *row, const json_t *labels,
                      struct buf *out)
{
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        if (i > 0)
            csv_write_next(out);
        write_column(&sheet->columns[i], row, labels, out);
    }
    csv_write_end(out);
}

enum status sheet_write_page(const struct sheet *sheet, struct sheet_page *page,
                             struct arena *arena, const json_t *answer, const json_t *labels,
                             struct buf *out)
{
    size_t index;
    const json_t *row, *data = json_object_get(answer, "data");
    const json_t *customer = json_object_get(data, "customer");
    if (!json_is_object(data))
        return STATUS_INTERNAL;
    if (!json_is_object(customer))
        return STATUS_NOT_FOUND;
    const json_t *list = value_at(customer, sheet->path);
    const json_t *ends = json_object_get(list, "pageInfo");
    *page = (struct sheet_page){
        .number = str_copy(arena, text_of(json_object_get(customer, SHEET_NUMBER)))};
    json_array_foreach(json_object_get(list, "nodes"), index, row)
        write_row(sheet, row, labels, out);
    if (json_is_true(json_object_get(ends, "hasNextPage")))
        page->after = str_copy(arena, text_of(json_object_get(ends, "endCursor")));
    return STATUS_OK;
}
