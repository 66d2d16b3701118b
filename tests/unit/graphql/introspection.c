/* introspection: what clients can find out about the schema, and what they cannot. */
#include "language.h"

#include "graphql/introspection.h"

struct asking {
    struct arena *arena;
    struct schema *schema;
    uint64_t rights;
};

static const struct field *meta(const struct asking *asking, const char *type, const char *field)
{
    return schema_field(asking->schema, schema_type(asking->schema, str_of(type), ~(uint64_t)0),
                        str_of(field), ~(uint64_t)0);
}

static struct str leaf(const struct asking *asking, struct introspected object, const char *type,
                       const char *field)
{
    struct input out;
    introspect_leaf(asking->schema, asking->rights, object, meta(asking, type, field),
                    asking->arena, &out);
    if (out.kind == INPUT_BOOLEAN)
        return out.boolean ? STR("true") : STR("false");
    return out.kind == INPUT_NULL ? STR("null") : out.text;
}

/* The names of the objects behind a field, or null. */
static struct str names(const struct asking *asking, struct introspected object, const char *type,
                        const char *field, bool deprecated, const char *member_type)
{
    const struct input arguments[] = {{.kind = INPUT_BOOLEAN, .boolean = deprecated}};
    struct introspected *objects;
    uint32_t count;
    if (!introspect_objects(asking->schema, asking->rights, object, meta(asking, type, field),
                            arguments, asking->arena, &objects, &count))
        return STR("null");
    struct buf buf;
    buf_init(&buf, asking->arena, 128);
    for (uint32_t i = 0; i < count; i++) {
        buf_add(&buf, leaf(asking, objects[i], member_type, "name"));
        buf_add_char(&buf, ' ');
    }
    return buf_str(&buf);
}

static struct introspected type_named(const struct asking *asking, const char *name)
{
    const struct input arguments[] = {{.kind = INPUT_STRING, .text = str_of(name)}};
    struct introspected out = {0};
    introspect_root(asking->schema, asking->rights, asking->schema->type_field, arguments,
                    asking->arena, &out);
    return out;
}

static struct introspected root_of(const struct asking *asking)
{
    struct introspected out;
    introspect_root(asking->schema, asking->rights, asking->schema->schema_field, NULL,
                    asking->arena, &out);
    return out;
}

static void test_types(const struct asking *asking)
{
    struct introspected query = type_named(asking, "Query");
    TEST_TEXT("a type has its kind", leaf(asking, query, "__Type", "kind"), STR("OBJECT"));
    TEST_TEXT("fields are listed", names(asking, query, "__Type", "fields", false, "__Field"),
              STR("a b "));
    TEST_TEXT("deprecated ones when asked for",
              names(asking, query, "__Type", "fields", true, "__Field"), STR("a b c "));
    TEST_TEXT("an object is no enum",
              names(asking, query, "__Type", "enumValues", false, "__EnumValue"), STR("null"));
    TEST_TEXT("only input objects can be OneOf", leaf(asking, query, "__Type", "isOneOf"),
              STR("null"));
    TEST_TEXT("an input object says so",
              leaf(asking, type_named(asking, "Choice"), "__Type", "isOneOf"), STR("true"));
    TEST_TEXT("possible types of an interface",
              names(asking, type_named(asking, "I"), "__Type", "possibleTypes", false, "__Type"),
              STR("Query "));
    TEST_TEXT("a scalar says where it is specified",
              leaf(asking, type_named(asking, "S"), "__Type", "specifiedByURL"),
              STR("https://example.org"));
    TEST("a type that is not there is null", type_named(asking, "Nothing").object == NULL);
    TEST("one that the asking do not see, too", type_named(asking, "Secret").object == NULL);
    TEST_TEXT(
        "members of inputs that they do not see are not listed",
        names(asking, type_named(asking, "Choice"), "__Type", "inputFields", false, "__InputValue"),
        STR("a b "));
    TEST_TEXT(
        "types come in order, each with the scalars it is the first to use",
        names(asking, root_of(asking), "__Schema", "types", false, "__Type"),
        STR("Query Int I E Choice String S Boolean __Schema __Type __TypeKind __Field __InputValue "
            "__EnumValue __Directive __DirectiveLocation "));
}

static void test_wrappers(const struct asking *asking)
{
    struct introspected *fields, *types, *inner, *arguments;
    uint32_t count;
    struct input none = {.kind = INPUT_BOOLEAN};
    introspect_objects(asking->schema, asking->rights, type_named(asking, "Query"),
                       meta(asking, "__Type", "fields"), &none, asking->arena, &fields, &count);
    introspect_objects(asking->schema, asking->rights, fields[0], meta(asking, "__Field", "type"),
                       NULL, asking->arena, &types, &count);
    TEST_TEXT("a non-null type is one of its own", leaf(asking, types[0], "__Type", "kind"),
              STR("NON_NULL"));
    TEST_TEXT("it has no name", leaf(asking, types[0], "__Type", "name"), STR("null"));
    introspect_objects(asking->schema, asking->rights, types[0], meta(asking, "__Type", "ofType"),
                       NULL, asking->arena, &inner, &count);
    TEST_TEXT("inside is the list", leaf(asking, inner[0], "__Type", "kind"), STR("LIST"));
    introspect_objects(asking->schema, asking->rights, fields[0], meta(asking, "__Field", "args"),
                       &none, asking->arena, &arguments, &count);
    TEST_TEXT("a default is a literal", leaf(asking, arguments[0], "__InputValue", "defaultValue"),
              STR("[1, 2]"));
}

static void test_directives(const struct asking *asking)
{
    TEST_TEXT("directives are listed, hidden ones are not",
              names(asking, root_of(asking), "__Schema", "directives", false, "__Directive"),
              STR("shown include skip deprecated specifiedBy oneOf "));
    struct introspected *directives;
    uint32_t count;
    introspect_objects(asking->schema, asking->rights, root_of(asking),
                       meta(asking, "__Schema", "directives"), NULL, asking->arena, &directives,
                       &count);
    struct input locations;
    introspect_leaf(asking->schema, asking->rights, directives[0],
                    meta(asking, "__Directive", "locations"), asking->arena, &locations);
    TEST("locations are in order",
         locations.count == 2 && str_is(locations.items[0].text, "QUERY"));
    TEST_TEXT("a directive may be repeatable",
              leaf(asking, directives[0], "__Directive", "isRepeatable"), STR("true"));
}

int main(void)
{
    struct arena *arena = arena_create();
    struct errors errors;
    struct asking asking = {.arena = arena, .rights = 1};
    asking.schema = build(arena,
                          "type Query implements I { a(x: [Int] = [1, 2]): [Int]! b: Int c: E "
                          "@deprecated d: Secret }\n"
                          "interface I { b: Int } enum E { A B @deprecated } input Choice @oneOf { "
                          "a: Int b: String c: Int }\n"
                          "scalar S @specifiedBy(url: \"https://example.org\")\n"
                          "directive @shown repeatable on QUERY | FIELD directive @bound on OBJECT "
                          "type Secret { x: Int }",
                          &errors);
    TEST_TEXT("the schema is fine", messages(arena, &errors), STR(""));
    ((struct directive *)schema_directive(asking.schema, STR("bound")))->hidden = true;
    schema_type(asking.schema, STR("Secret"), 0)->needs = 2;
    schema_type(asking.schema, STR("Choice"), 0)->inputs[2].needs = 2;
    test_types(&asking);
    test_wrappers(&asking);
    test_directives(&asking);
    arena_destroy(arena);
    return test_end();
}
