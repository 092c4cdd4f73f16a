/**
 * What a schema asks for, put into rows and words.
 *
 * @module
 */

import { type ApiDocument, type ApiSchema, resolve } from "./api_document.ts";

/** One field of a body or an answer. */
export interface ApiField {
  /** Dotted where nested; `[]` marks the items of a list. */
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly words: string;
}

/** Deeper than this a reader is better served by the document itself. */
const DEPTH_MAX = 4;

/** Lists the fields of a schema, nested ones after their parent. */
export function fieldsOf(document: ApiDocument, schema: ApiSchema): readonly ApiField[] {
  return walk(document, schema, { prefix: "", depth: 0 });
}

interface Place {
  readonly prefix: string;
  readonly depth: number;
}

function walk(document: ApiDocument, given: ApiSchema, place: Place): readonly ApiField[] {
  const schema = resolve(document, given);
  const variants = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${place.prefix}${name}`;
    const isRequired = schema.required?.includes(name) === true;
    return [
      fieldOf(document, property, { path, isRequired }),
      ...nested(document, property, { ...place, prefix: path }),
    ];
  });
  return unique([...own, ...variants.flatMap((variant) => walk(document, variant, place))]);
}

function nested(document: ApiDocument, property: ApiSchema, place: Place): readonly ApiField[] {
  if (place.depth >= DEPTH_MAX) return [];
  const schema = resolve(document, property);
  const depth = place.depth + 1;
  if (schema.items !== undefined) {
    return walk(document, schema.items, { prefix: `${place.prefix}[].`, depth });
  }
  return walk(document, schema, { prefix: `${place.prefix}.`, depth });
}

/** The same field in several variants is one row; it is required where all of them say so. */
function unique(fields: readonly ApiField[]): readonly ApiField[] {
  const byName = new Map<string, ApiField>();
  for (const field of fields) {
    const known = byName.get(field.name);
    byName.set(field.name, {
      ...field,
      isRequired: field.isRequired && known?.isRequired !== false,
    });
  }
  return [...byName.values()];
}

function fieldOf(
  document: ApiDocument,
  property: ApiSchema,
  { path, isRequired }: { readonly path: string; readonly isRequired: boolean },
): ApiField {
  const schema = resolve(document, property);
  return { name: path, type: typeWords(document, schema), isRequired, words: limitWords(schema) };
}

/** Says a schema's type as one would write it. */
export function typeWords(document: ApiDocument, given: ApiSchema): string {
  const schema = resolve(document, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) {
    return [...new Set(variants.map((variant) => typeWords(document, variant)))].join(" | ");
  }
  if (schema.items !== undefined) return `${typeWords(document, schema.items)}[]`;
  const type = typeof schema.type === "string" ? schema.type : schema.type?.join(" | ");
  const word = type ?? (schema.properties === undefined ? "any" : "object");
  return schema.format === undefined ? word : `${word} (${schema.format})`;
}

function limitWords(schema: ApiSchema): string {
  const { minLength, maxLength, minimum, maximum } = schema;
  const words = [
    schema.description,
    rangeWords("characters", minLength, maxLength),
    rangeWords("", minimum, maximum),
  ];
  return words.filter((part) => part !== undefined && part !== "").join(". ");
}

function rangeWords(unit: string, least: number | undefined, most: number | undefined): string {
  const hasLeast = least !== undefined && least > Number.MIN_SAFE_INTEGER;
  const hasMost = most !== undefined && most < Number.MAX_SAFE_INTEGER;
  if (hasLeast && hasMost) return `${least} to ${most} ${unit}`.trim();
  if (hasLeast) return `at least ${least} ${unit}`.trim();
  return hasMost ? `at most ${most} ${unit}`.trim() : "";
}
