/* schema_built_in: introspection and directives of the September 2025 edition (§3.13, §4.2). */
#include "graphql/schema_built_in.h"

#include "graphql/errors.h"
#include "graphql/parser.h"
#include <assert.h>

/* clang-format off */
/* Types stand in the order in which a walk from __Schema meets them. */
static const char source[] =
    "\"Text in Unicode.\" scalar String\n"
    "\"True or false.\" scalar Boolean\n"
    "\"A whole number of 32 bits with a sign.\" scalar Int\n"
    "\"A number with a fraction, in double precision (IEEE 754).\" scalar Float\n"
    "\"What identifies an object: opaque, written as a string; whole numbers do too.\" scalar ID\n"

    "\"Leaves the field or fragment out unless the condition is true.\"\n"
    "directive @include(\"Included when true.\" if: Boolean!)\n"
    "  on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT\n"
    "\"Leaves the field or fragment out when the condition is true.\"\n"
    "directive @skip(\"Skipped when true.\" if: Boolean!)\n"
    "  on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT\n"
    "\"Tells that something is no longer to be used.\"\n"
    "directive @deprecated(\"Why, and what to use instead; in Markdown.\"\n"
    "  reason: String! = \"No longer supported\")\n"
    "  on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE\n"
    "\"Tells where the format of a scalar is specified.\"\n"
    "directive @specifiedBy(\"The address of the specification.\" url: String!) on SCALAR\n"
    "\"Tells that exactly one of the fields must be given, and not as null.\"\n"
    "directive @oneOf on INPUT_OBJECT\n"

    "\"What this server can be asked: its types, directives and where operations begin.\"\n"
    "type __Schema {\n"
    "  description: String\n"
    "  \"All types.\" types: [__Type!]!\n"
    "  \"Where queries begin.\" queryType: __Type!\n"
    "  \"Where mutations begin; null when there are none.\" mutationType: __Type\n"
    "  \"Where subscriptions begin; null when there are none.\" subscriptionType: __Type\n"
    "  \"All directives.\" directives: [__Directive!]!\n"
    "}\n"
    "\"A type: a named one, or a list or non-null type around another.\"\n"
    "type __Type {\n"
    "  kind: __TypeKind!\n"
    "  name: String\n"
    "  description: String\n"
    "  specifiedByURL: String\n"
    "  fields(includeDeprecated: Boolean! = false): [__Field!]\n"
    "  interfaces: [__Type!]\n"
    "  possibleTypes: [__Type!]\n"
    "  enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]\n"
    "  inputFields(includeDeprecated: Boolean! = false): [__InputValue!]\n"
    "  ofType: __Type\n"
    "  isOneOf: Boolean\n"
    "}\n"
    "\"What a type is.\"\n"
    "enum __TypeKind {\n"
    "  \"A scalar.\" SCALAR\n"
    "  \"An object: it has fields and interfaces.\" OBJECT\n"
    "  \"An interface: it has fields, interfaces and possible types.\" INTERFACE\n"
    "  \"A union: it has possible types.\" UNION\n"
    "  \"An enum: it has values.\" ENUM\n"
    "  \"An input object: it has input fields.\" INPUT_OBJECT\n"
    "  \"A list of another type.\" LIST\n"
    "  \"Another type without its null.\" NON_NULL\n"
    "}\n"
    "\"A field of an object or interface.\"\n"
    "type __Field {\n"
    "  name: String!\n"
    "  description: String\n"
    "  args(includeDeprecated: Boolean! = false): [__InputValue!]!\n"
    "  type: __Type!\n"
    "  isDeprecated: Boolean!\n"
    "  deprecationReason: String\n"
    "}\n"
    "\"An argument of a field or directive, or a field of an input object.\"\n"
    "type __InputValue {\n"
    "  name: String!\n"
    "  description: String\n"
    "  type: __Type!\n"
    "  \"The default as a GraphQL literal; null when there is none.\" defaultValue: String\n"
    "  isDeprecated: Boolean!\n"
    "  deprecationReason: String\n"
    "}\n"
    "\"A value of an enum.\"\n"
    "type __EnumValue {\n"
    "  name: String!\n"
    "  description: String\n"
    "  isDeprecated: Boolean!\n"
    "  deprecationReason: String\n"
    "}\n"
    "\"A directive: what it is called, what it takes and where it may stand.\"\n"
    "type __Directive {\n"
    "  name: String!\n"
    "  description: String\n"
    "  isRepeatable: Boolean!\n"
    "  locations: [__DirectiveLocation!]!\n"
    "  args(includeDeprecated: Boolean! = false): [__InputValue!]!\n"
    "}\n"
    "\"Where a directive may stand.\"\n"
    "enum __DirectiveLocation {\n"
    "  \"On a query.\" QUERY\n"
    "  \"On a mutation.\" MUTATION\n"
    "  \"On a subscription.\" SUBSCRIPTION\n"
    "  \"On a field.\" FIELD\n"
    "  \"On the definition of a fragment.\" FRAGMENT_DEFINITION\n"
    "  \"On the spread of a fragment.\" FRAGMENT_SPREAD\n"
    "  \"On an inline fragment.\" INLINE_FRAGMENT\n"
    "  \"On the definition of a variable.\" VARIABLE_DEFINITION\n"
    "  \"On a schema.\" SCHEMA\n"
    "  \"On a scalar.\" SCALAR\n"
    "  \"On an object type.\" OBJECT\n"
    "  \"On the definition of a field.\" FIELD_DEFINITION\n"
    "  \"On the definition of an argument.\" ARGUMENT_DEFINITION\n"
    "  \"On an interface.\" INTERFACE\n"
    "  \"On a union.\" UNION\n"
    "  \"On an enum.\" ENUM\n"
    "  \"On a value of an enum.\" ENUM_VALUE\n"
    "  \"On an input object type.\" INPUT_OBJECT\n"
    "  \"On a field of an input object.\" INPUT_FIELD_DEFINITION\n"
    "}\n"

    "type __Meta {\n"
    "  \"The name of the object's type.\" __typename: String!\n"
    "  \"What this server can be asked.\" __schema: __Schema!\n"
    "  \"One type by name; null when there is none.\" __type(name: String!): __Type\n"
    "}\n";

static const char *const type_names[] = {
    "String", "Boolean", "Int", "Float", "ID", /* the scalars */
    "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue", "__EnumValue", "__Directive",
    "__DirectiveLocation",
};
/* clang-format on */

struct document *schema_built_in(struct arena *arena)
{
    struct errors errors;
    errors_init(&errors, arena, 1);
    const struct parse_limits unlimited = {0};
    struct document *document = parse(arena, str_of(source), &unlimited, &errors);
    assert(document != NULL);
    return document;
}

bool schema_built_in_directive(struct str name)
{
    return str_is(name, "include") || str_is(name, "skip") || str_is(name, "deprecated") ||
           str_is(name, "specifiedBy") || str_is(name, "oneOf");
}

bool schema_built_in_type(struct str name)
{
    for (size_t i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++) {
        if (str_is(name, type_names[i]))
            return true;
    }
    return false;
}
