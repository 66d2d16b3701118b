/* json-schema: a shape as JSON Schema, for editors and other programs; no part of the app itself. */

import { type JsonSchema, type Made, type Shape, shapeOf } from "./shape.ts";

type Known = Map<string, JsonSchema>;

function ofMembers(made: Extract<Made, { members: unknown }>, known: Known): JsonSchema {
    const { members, required, exactlyOneOf } = made;
    return {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
            members.map(([key, member]) => [key, schemaOf(shapeOf(member), known)]),
        ),
        ...(required.length > 0 && { required }),
        ...(exactlyOneOf.length > 0 && { oneOf: exactlyOneOf.map(key => ({ required: [key] })) }),
    };
}

function ofNamed({ name, shape }: Extract<Made, { name: unknown }>, known: Known): JsonSchema {
    if (!known.has(name)) {
        known.set(name, {}); // the name is taken before the shape asks for itself
        known.set(name, schemaOf(shape(), known));
    }
    return { $ref: `#/$defs/${name}` };
}

/** Shapes that have a name are collected in `known` and referred to. */
export function schemaOf({ made }: Shape<unknown>, known: Known): JsonSchema {
    if ("json" in made) return made.json;
    if ("any" in made) return { anyOf: made.any.map(shape => schemaOf(shape, known)) };
    if ("list" in made)
        return { type: "array", minItems: made.least, items: schemaOf(made.list, known) };
    if ("record" in made)
        return {
            type: "object",
            additionalProperties: schemaOf(made.record, known),
            ...(made.required.length > 0 && { required: made.required }),
        };
    return "members" in made ? ofMembers(made, known) : ofNamed(made, known);
}
