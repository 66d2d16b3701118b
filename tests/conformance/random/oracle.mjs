/* oracle: what the reference implementation says to the same questions (answer.h). */
import {
    buildASTSchema,
    experimentalExecuteIncrementally,
    GraphQLError,
    GraphQLSchema,
    getNamedType,
    getNullableType,
    isEnumType,
    isListType,
    isObjectType,
    isUnionType,
    parse,
    print,
    printSchema,
    specifiedRules,
    validate,
    validateSchema,
    visit,
} from "graphql";
import { parseOptions } from "./edition.mjs";

/* Not part of what the package exports: the schema rules one by one, with locations. */
const { validateSDL } = await import(
    new URL("validation/validate.mjs", import.meta.resolve("graphql"))
);

const manyErrors = { maxErrors: 100_000, hideSuggestions: true, ...parseOptions };

function errorJson(error) {
    const json = { message: error.message };
    if (error.locations?.length > 0)
        json.locations = error.locations.map(({ line, column }) => ({ line, column }));
    if (error.path !== undefined) json.path = error.path;
    return json;
}

const errorsJson = errors => errors.map(errorJson);

/* ---- the wiring's values ---- */

function lastByName(types) {
    return types
        .map(type => type.name)
        .sort((a, b) => (a < b ? -1 : 1))
        .at(-1);
}

function invent(type) {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return [invent(nullable.ofType), invent(nullable.ofType)];
    const named = getNamedType(nullable);
    if (isEnumType(named)) return named.getValues()[0].value;
    const leaves = { Int: 2, Float: 3.14, String: "str", Boolean: true, ID: "id" };
    if (named.name in leaves) return leaves[named.name];
    return "getFields" in named || isUnionType(named) ? {} : "str";
}

const wiring = {
    fieldResolver: (_source, _args, _context, info) => invent(info.returnType),
    typeResolver: (_value, _context, info, abstract) => {
        const possible = info.schema.getPossibleTypes(abstract);
        if (!isUnionType(abstract)) return lastByName(possible.filter(isObjectType));
        return possible.map(type => type.name).sort((a, b) => (a < b ? -1 : 1))[0];
    },
};

/* ---- schemas ---- */

const built = new Map();

/* { schema } or { errors }; the last few texts are remembered. */
function schemaOf(text) {
    if (!built.has(text)) {
        if (built.size > 50) built.delete(built.keys().next().value);
        built.set(text, buildChecked(text));
    }
    return built.get(text);
}

function buildChecked(text) {
    let document;
    try {
        document = parse(text, parseOptions);
    } catch (error) {
        return { errors: [error] };
    }
    const broken = validateSDL(document);
    if (broken.length > 0) return { errors: broken };
    try {
        const schema = buildASTSchema(document, { assumeValidSDL: true });
        const invalid = validateSchema(schema);
        return invalid.length > 0 ? { errors: invalid } : { schema };
    } catch (error) {
        /* Not a finding about the schema, but where the reference gave up. */
        return {
            errors: [
                error instanceof GraphQLError
                    ? error
                    : new GraphQLError(`gave up: ${error.message}`),
            ],
        };
    }
}

export function oracleSchema(text) {
    const { schema } = schemaOf(text);
    return schema instanceof GraphQLSchema ? schema : undefined;
}

/* ---- questions ---- */

function parsed(source) {
    try {
        return { document: parse(source, parseOptions) };
    } catch (error) {
        return { errors: [error] };
    }
}

function answerParse({ source }) {
    const { errors } = parsed(source);
    return errors === undefined ? { ok: true } : { ok: false, error: errorJson(errors[0]) };
}

function answerSchema({ source }) {
    const { errors } = schemaOf(source);
    return errors === undefined ? { ok: true } : { ok: false, errors: errorsJson(errors) };
}

function answerValidate({ schema: text, query }) {
    const { document, errors } = parsed(query);
    if (errors !== undefined) return { errors: errorsJson(errors) };
    return {
        errors: errorsJson(validate(schemaOf(text).schema, document, specifiedRules, manyErrors)),
    };
}

/* @defer and @stream are accepted where a schema has them, and everything is answered at once. */
function withoutIncremental(document) {
    return visit(document, {
        Directive: node => (["defer", "stream"].includes(node.name.value) ? null : undefined),
    });
}

function runOperation({ schema: text, query, variables, operationName }, resolvers) {
    return experimentalExecuteIncrementally({
        schema: schemaOf(text).schema,
        document: withoutIncremental(parse(query, parseOptions)),
        variableValues: variables === undefined ? undefined : JSON.parse(variables),
        operationName,
        hideSuggestions: true,
        options: { maxCoercionErrors: 100_000 },
        ...resolvers,
    });
}

function answerExecute(question) {
    const invalid = answerValidate(question);
    if (invalid.errors.length > 0) return invalid;
    const result = runOperation(question, wiring);
    const answer = {};
    if (result.data !== undefined) answer.data = result.data;
    if (result.errors !== undefined) answer.errors = errorsJson(result.errors);
    return answer;
}

function answerArguments(question) {
    const invalid = answerValidate(question);
    if (invalid.errors.length > 0) return invalid;
    const data = {};
    const fieldResolver = (source, args, context, info) => {
        if (info.path.prev === undefined) data[info.path.key] = args;
        return wiring.fieldResolver(source, args, context, info);
    };
    const result = runOperation(question, { ...wiring, fieldResolver });
    return result.data === undefined ? { errors: errorsJson(result.errors) } : { data };
}

function answerPrint({ source }) {
    const { document, errors } = parsed(source);
    return errors === undefined ? { text: print(document) } : { errors: errorsJson(errors) };
}

function answerPrintSchema({ schema: text }) {
    return { text: printSchema(schemaOf(text).schema) };
}

const answers = {
    parse: answerParse,
    schema: answerSchema,
    validate: answerValidate,
    execute: answerExecute,
    arguments: answerArguments,
    print: answerPrint,
    print_schema: answerPrintSchema,
};

/* As JSON would carry it. `seen` is what there is of the schema for whoever asks. */
export function oracleAnswer({ seen, ...asked }) {
    const question = seen === undefined ? asked : { ...asked, schema: seen };
    return JSON.parse(JSON.stringify(answers[question.op](question)));
}
