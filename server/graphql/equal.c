/* equal: whether two pieces of a document say the same. */
#include "graphql/ast.h"

static bool values_equal(const struct ast_value *a, const struct ast_value *b, uint32_t *budget);

/* The field of the object that has the name for that many-th time; count: there is none. */
static uint32_t find_occurrence(const struct ast_value *object, struct str name,
                                uint32_t occurrence)
{
    uint32_t i = 0;
    for (; i < object->count; i++) {
        if (str_equal(object->fields[i].name.text, name) && occurrence-- == 0)
            break;
    }
    return i;
}

/* In any order of their fields. A name that is repeated, which is wrong by itself, is compared in
 * order. */
static bool objects_equal(const struct ast_value *a, const struct ast_value *b, uint32_t *budget)
{
    for (uint32_t i = 0; i < a->count; i++) {
        struct str name = a->fields[i].name.text;
        uint32_t occurrence = 0;
        while (find_occurrence(a, name, occurrence) < i)
            occurrence++;
        uint32_t k = find_occurrence(b, name, occurrence);
        if (budget != NULL)
            *budget -= *budget < k ? *budget : k;
        if (k == b->count || !values_equal(&a->fields[i].value, &b->fields[k].value, budget))
            return false;
    }
    return true;
}

static bool values_equal(const struct ast_value *a, const struct ast_value *b, uint32_t *budget)
{
    if (a->kind != b->kind || a->count != b->count || a->block != b->block)
        return false;
    if (a->kind == AST_VALUE_OBJECT)
        return objects_equal(a, b, budget);
    if (a->kind != AST_VALUE_LIST)
        return str_equal(a->text, b->text);
    for (uint32_t i = 0; i < a->count; i++) {
        if (!values_equal(&a->items[i], &b->items[i], budget))
            return false;
    }
    return true;
}

bool ast_arguments_equal(const struct ast_arguments *a, const struct ast_arguments *b,
                         uint32_t *budget)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t k = b->count;
        while (k > 0 && !str_equal(a->items[i].name.text, b->items[k - 1].name.text))
            k--;
        if (k == 0 || !values_equal(&a->items[i].value, &b->items[k - 1].value, budget))
            return false;
    }
    return true;
}
