/* print_values: literals as graphql-js writes them, over several lines where they are wide. */
#include "graphql/print_values.h"

#include "base/buf.h"
#include "graphql/printer.h"

/* How large a value is once printed. */
struct extent {
    size_t width; /* all its characters, line ends and indentation among them */
    size_t lines; /* line ends */
};

size_t print_width(struct str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        width += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return width;
}

void print_line(struct buf *buf, uint32_t level)
{
    char *to = buf_reserve(buf, 1 + 2 * (size_t)level);
    *to = '\n';
    memset(to + 1, ' ', 2 * (size_t)level);
    buf->len += 1 + 2 * (size_t)level;
}

/* The escape of a character in a quoted string, or 0. C1 controls are two bytes in UTF-8. */
static size_t escape_of(struct str text, size_t i, char escape[8])
{
    static const char letters[] = "btn\0fr"; /* U+0008 to U+000D; U+000B has none */
    unsigned char byte = (unsigned char)text.at[i];
    unsigned char next = i + 1 < text.len ? (unsigned char)text.at[i + 1] : 0;
    unsigned code = byte == 0xc2 && next >= 0x80 && next <= 0x9f ? next : byte;
    bool control = code < 0x20 || code == 0x7f || (code == next && byte == 0xc2);
    if (byte == '"' || byte == '\\') {
        escape[0] = '\\';
        escape[1] = (char)byte;
        return 2;
    }
    if (!control)
        return 0;
    if (code >= 8 && code <= 13 && letters[code - 8] != '\0') {
        escape[0] = '\\';
        escape[1] = letters[code - 8];
        return 2;
    }
    static const char digits[] = "0123456789ABCDEF";
    memcpy(escape, "\\u00", 4);
    escape[4] = digits[code >> 4];
    escape[5] = digits[code & 15];
    return 6;
}

void print_string(struct buf *buf, struct str text)
{
    buf_add_char(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        char escape[8];
        size_t len = escape_of(text, i, escape);
        if (len == 0)
            buf_add_char(buf, text.at[i]);
        else
            buf_add(buf, (struct str){.at = escape, .len = len});
        i += len == 6 && (unsigned char)text.at[i] == 0xc2;
    }
    buf_add_char(buf, '"');
}

static size_t string_width(struct str text)
{
    size_t width = 2 + print_width(text);
    for (size_t i = 0; i < text.len; i++) {
        char escape[8];
        size_t len = escape_of(text, i, escape);
        width += len == 0 ? 0 : len - 1;
    }
    return width;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* How a block string is laid out around its text. */
struct block_layout {
    bool leading_line;
    bool trailing_line;
};

static struct block_layout lay_out_block(struct str text)
{
    bool single = true, all_indented = true;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\n' && text.at[i] != '\r')
            continue;
        single = false;
        bool empty_or_blank = i + 1 == text.len || text.at[i + 1] == '\n' ||
                              text.at[i + 1] == '\r' || is_blank(text.at[i + 1]);
        all_indented = all_indented && empty_or_blank;
    }
    bool force_leading = !single && all_indented;
    bool triple_quotes = text.len >= 3 && memcmp(text.at + text.len - 3, "\"\"\"", 3) == 0;
    char last = text.len > 0 ? text.at[text.len - 1] : '\0';
    bool force_trailing = (last == '"' && !triple_quotes) || last == '\\';
    bool multiple =
        !single || print_width(text) > 70 || force_trailing || force_leading || triple_quotes;
    bool skip_leading = single && text.len > 0 && is_blank(text.at[0]);
    return (struct block_layout){
        .leading_line = (multiple && !skip_leading) || force_leading,
        .trailing_line = multiple || force_trailing,
    };
}

static void print_block_string(struct buf *buf, struct str text, uint32_t level)
{
    struct block_layout layout = lay_out_block(text);
    buf_add(buf, STR("\"\"\""));
    if (layout.leading_line)
        print_line(buf, level);
    for (size_t i = 0; i < text.len; i++) {
        if (text.len - i >= 3 && memcmp(text.at + i, "\"\"\"", 3) == 0) {
            buf_add(buf, STR("\\\"\"\""));
            i += 2;
        } else if (text.at[i] == '\n') {
            print_line(buf, level);
        } else {
            buf_add_char(buf, text.at[i]);
        }
    }
    if (layout.trailing_line)
        print_line(buf, level);
    buf_add(buf, STR("\"\"\""));
}

static struct extent block_extent(struct str text)
{
    struct block_layout layout = lay_out_block(text);
    struct extent extent = {.width = 6 + print_width(text)};
    for (size_t i = 0; i < text.len; i++) {
        extent.lines += text.at[i] == '\n';
        if (text.len - i >= 3 && memcmp(text.at + i, "\"\"\"", 3) == 0) {
            extent.width++;
            i += 2;
        }
    }
    extent.lines += layout.leading_line + layout.trailing_line;
    extent.width += layout.leading_line + layout.trailing_line;
    return extent;
}

static struct extent value_extent(const struct ast_value *value);

/* All items together, with one character for each separator. */
static struct extent items_extent(const struct ast_value *value)
{
    struct extent all = {.width = value->count > 0 ? value->count - 1 : 0};
    for (uint32_t i = 0; i < value->count; i++) {
        bool list = value->kind == AST_VALUE_LIST;
        struct extent item = value_extent(list ? &value->items[i] : &value->fields[i].value);
        all.width += item.width + (list ? 0 : value->fields[i].name.text.len + 2);
        all.lines += item.lines;
    }
    return all;
}

/* Whether a list or an object goes on lines of its own, one for each item. */
static bool is_broken(const struct ast_value *value, struct extent items)
{
    size_t brackets = value->kind == AST_VALUE_LIST ? 2 : 4;
    size_t separators = value->count > 0 ? value->count - 1 : 0;
    return brackets + items.width + separators > PRINT_LINE_WIDTH;
}

static struct extent items_and_brackets(const struct ast_value *value)
{
    struct extent extent = items_extent(value);
    size_t separators = value->count > 0 ? value->count - 1 : 0;
    if (!is_broken(value, extent)) {
        extent.width += separators + (value->kind == AST_VALUE_LIST ? 2 : 4);
        return extent;
    }
    extent.lines += separators;
    extent.width += 2 * (extent.lines + 1) + 4;
    extent.lines += 2;
    return extent;
}

static struct extent value_extent(const struct ast_value *value)
{
    switch (value->kind) {
    case AST_VALUE_LIST:
    case AST_VALUE_OBJECT:
        return items_and_brackets(value);
    case AST_VALUE_STRING:
        return value->block ? block_extent(value->text)
                            : (struct extent){.width = string_width(value->text)};
    case AST_VALUE_VARIABLE:
        return (struct extent){.width = value->text.len + 1};
    default:
        return (struct extent){.width = value->text.len};
    }
}

static void print_items(struct buf *buf, const struct ast_value *value, uint32_t level, bool broken)
{
    for (uint32_t i = 0; i < value->count; i++) {
        if (broken)
            print_line(buf, level);
        else if (i > 0)
            buf_add(buf, STR(", "));
        if (value->kind == AST_VALUE_LIST) {
            print_indented_value(buf, &value->items[i], level);
            continue;
        }
        buf_add(buf, value->fields[i].name.text);
        buf_add(buf, STR(": "));
        print_indented_value(buf, &value->fields[i].value, level);
    }
}

static void print_brackets(struct buf *buf, const struct ast_value *value, uint32_t level)
{
    bool list = value->kind == AST_VALUE_LIST;
    bool broken = is_broken(value, items_extent(value));
    buf_add(buf, list ? STR("[") : broken ? STR("{") : STR("{ "));
    print_items(buf, value, broken ? level + 1 : level, broken);
    if (broken)
        print_line(buf, level);
    buf_add(buf, list ? STR("]") : broken ? STR("}") : STR(" }"));
}

void print_indented_value(struct buf *buf, const struct ast_value *value, uint32_t level)
{
    switch (value->kind) {
    case AST_VALUE_LIST:
    case AST_VALUE_OBJECT:
        print_brackets(buf, value, level);
        break;
    case AST_VALUE_STRING:
        if (value->block)
            print_block_string(buf, value->text, level);
        else
            print_string(buf, value->text);
        break;
    case AST_VALUE_VARIABLE:
        buf_add_char(buf, '$');
        buf_add(buf, value->text);
        break;
    default:
        buf_add(buf, value->text);
        break;
    }
}

void print_value(struct buf *buf, const struct ast_value *value)
{
    print_indented_value(buf, value, 0);
}

/* Whether a block string gives the text back unchanged. */
static bool is_printable_as_block(struct str text)
{
    bool line_is_empty = true, has_indent = false, common_indent = true, seen_line = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '\n') {
            if (line_is_empty && !seen_line)
                return false;
            seen_line = true;
            line_is_empty = true;
            has_indent = false;
        } else if (is_blank((char)byte)) {
            has_indent = has_indent || line_is_empty;
        } else if (byte < 0x10) {
            return false;
        } else {
            common_indent = common_indent && has_indent;
            line_is_empty = false;
        }
    }
    return text.len == 0 || (!line_is_empty && !(common_indent && seen_line));
}

void print_description(struct buf *buf, struct str description, uint32_t level)
{
    if (description.at == NULL)
        return;
    if (is_printable_as_block(description))
        print_block_string(buf, description, level);
    else
        print_string(buf, description);
    print_line(buf, level);
}

void print_written_description(struct buf *buf, struct str description, bool is_block,
                               uint32_t level)
{
    if (description.at == NULL)
        return;
    if (is_block)
        print_block_string(buf, description, level);
    else
        print_string(buf, description);
    print_line(buf, level);
}

size_t print_arguments_width(const struct ast_arguments *arguments)
{
    size_t width = 0;
    for (uint32_t i = 0; i < arguments->count; i++)
        width += (i > 0 ? 2 : 0) + arguments->items[i].name.text.len + 2 +
                 value_extent(&arguments->items[i].value).width;
    return width;
}

void print_arguments(struct buf *buf, const struct ast_arguments *arguments, uint32_t level)
{
    if (arguments->count == 0)
        return;
    for (uint32_t i = 0; i < arguments->count; i++) {
        buf_add(buf, i == 0 ? STR("(") : STR(", "));
        buf_add(buf, arguments->items[i].name.text);
        buf_add(buf, STR(": "));
        print_indented_value(buf, &arguments->items[i].value, level);
    }
    buf_add_char(buf, ')');
}

void print_directives(struct buf *buf, const struct ast_directives *directives, uint32_t level)
{
    for (uint32_t i = 0; i < directives->count; i++) {
        buf_add(buf, STR(" @"));
        buf_add(buf, directives->items[i].name.text);
        print_arguments(buf, &directives->items[i].arguments, level);
    }
}
