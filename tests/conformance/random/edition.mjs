/* edition: the reference implementation as of the September 2025 edition of the specification, in our words.
 *
 * It already knows drafts of what comes next (deprecated directives, empty selection sets), and describes
 * what is built in with sentences of its own. Ours are put in their place, so that everything else can
 * be compared as it is.
 */
import {
    DirectiveLocation,
    GraphQLDeprecatedDirective,
    getIntrospectionQuery,
    introspectionTypes,
    specifiedDirectives,
    specifiedScalarTypes,
} from "graphql";

export const parseOptions = { allowEmptySelectionSets: false };

const locationsOfEdition = 19;

function isNamed(named) {
    return each => each.name === named;
}

function forgetDrafts() {
    const [schemaType, directiveType, locationType] = [
        "__Schema",
        "__Directive",
        "__DirectiveLocation",
    ].map(name => introspectionTypes.find(isNamed(name)));
    schemaType.getFields().directives.args.length = 0;
    delete directiveType.getFields().isDeprecated;
    delete directiveType.getFields().deprecationReason;
    const drafts = locationType
        .getValues()
        .filter(({ name }) =>
            ["DIRECTIVE_DEFINITION", "FRAGMENT_VARIABLE_DEFINITION"].includes(name),
        );
    for (const draft of drafts) {
        locationType.getValues().splice(locationType.getValues().indexOf(draft), 1);
        delete DirectiveLocation[draft.name];
    }
    if (locationType.getValues().length !== locationsOfEdition)
        throw new Error("the reference implementation has other directive locations than expected");
    const allowed = GraphQLDeprecatedDirective.locations.filter(
        location => location !== "DIRECTIVE_DEFINITION",
    );
    GraphQLDeprecatedDirective.locations = allowed;
}

function describeAll(theirs, ours) {
    for (const their of theirs) {
        const our = ours?.find(isNamed(their.name));
        if (our === undefined) throw new Error(`we have no ${their.name} in introspection`);
        their.description = our.description;
    }
}

/* `introspect(query)` gives our answer. */
export async function adoptEdition(introspect) {
    forgetDrafts();
    const { types, directives } = (
        await introspect(getIntrospectionQuery({ inputValueDeprecation: true }))
    ).data.__schema;
    for (const type of [...introspectionTypes, ...specifiedScalarTypes]) {
        const our = types.find(isNamed(type.name));
        if (our === undefined) continue; /* Int, Float or ID in a schema without them */
        type.description = our.description;
        for (const field of Object.values(type.getFields?.() ?? {})) {
            const ourField = our.fields.find(isNamed(field.name));
            describeAll([field], our.fields);
            describeAll(field.args, ourField.args);
        }
        describeAll(type.getValues?.() ?? [], our.enumValues);
    }
    describeAll(specifiedDirectives, directives);
    for (const directive of specifiedDirectives)
        describeAll(directive.args, directives.find(isNamed(directive.name)).args);
}
