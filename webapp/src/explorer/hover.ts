/* hover: what the schema says of the name under the pointer. */

import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import { offsetToPos } from "cm6-graphql";
import { type GraphQLSchema, getNamedType } from "graphql";
import { getTokenAtPosition, getTypeInfo } from "graphql-language-service";

export interface Told {
    coordinate: string;
    description: string;
    deprecated: string | null;
}

type Described = { description?: string | null; deprecationReason?: string | null };

function told(coordinate: string, described: Described): Told {
    return {
        coordinate,
        description: described.description ?? "",
        deprecated: described.deprecationReason ?? null,
    };
}

/** Null where there is nothing with a description, such as a brace or a name the schema does not know. */
export function tellOf(
    schema: GraphQLSchema,
    document: string,
    line: number,
    character: number,
): Told | null {
    const at = { line, character, setLine() {}, setCharacter() {}, lessThanOrEqualTo: () => true };
    const { state } = getTokenAtPosition(document, at);
    const { fieldDef, parentType, argDef, type, enumValue, directiveDef, inputType } = getTypeInfo(
        schema,
        state,
    );
    const field = fieldDef ? `${parentType ?? ""}.${fieldDef.name}` : "";
    switch (state.kind) {
        case "Field":
        case "AliasedField":
            return fieldDef ? told(`${field}: ${fieldDef.type}`, fieldDef) : null;
        case "Argument":
            return argDef ? told(`${field}(${argDef.name}:): ${argDef.type}`, argDef) : null;
        case "EnumValue":
            return enumValue && inputType
                ? told(`${getNamedType(inputType)}.${enumValue.name}`, enumValue)
                : null;
        case "NamedType":
            return type ? told(String(getNamedType(type)), getNamedType(type)) : null;
        case "Directive":
            return directiveDef ? told(`@${directiveDef.name}`, directiveDef) : null;
        default:
            return null;
    }
}

function part(tag: "code" | "p", text: string, name = ""): HTMLElement {
    const element = document.createElement(tag);
    element.textContent = text;
    if (name !== "") element.className = name;
    return element;
}

function drawn(
    { coordinate, description, deprecated }: Told,
    old: (reason: string) => string,
): HTMLElement {
    const box = document.createElement("div");
    box.className = "hover";
    box.append(part("code", coordinate));
    if (description !== "") box.append(part("p", description));
    if (deprecated !== null) box.append(part("p", old(deprecated), "old"));
    return box;
}

export function hoverDocs(schema: GraphQLSchema, old: (reason: string) => string) {
    return hoverTooltip((view: EditorView, offset: number): Tooltip | null => {
        const word = view.state.wordAt(offset);
        if (word === null) return null;
        const { line, character } = offsetToPos(view.state.doc, word.from);
        const found = tellOf(schema, view.state.doc.toString(), line, character);
        if (found === null) return null;
        return {
            pos: word.from,
            end: word.to,
            above: true,
            create: () => ({ dom: drawn(found, old) }),
        };
    });
}
