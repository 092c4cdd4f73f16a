/**
 * An OpenAPI 3.1 document, as far as the page reads it, and the ways into it.
 *
 * Everything is optional: a document that lacks something shows less, and does not break the page.
 *
 * @module
 */

/** A JSON Schema, as far as the page says what it means. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly ApiSchema[];
  readonly anyOf?: readonly ApiSchema[];
  readonly allOf?: readonly ApiSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

type Content = Readonly<Record<string, { readonly schema?: ApiSchema }>>;

/** One parameter, body or answer; each may be a reference to another place of the document. */
export interface ApiPart {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: ApiSchema;
  readonly content?: Content;
}

/** One operation, as it is written. */
export interface RawOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly ApiPart[];
  readonly requestBody?: ApiPart;
  readonly responses?: Readonly<Record<string, ApiPart>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The document. */
export interface ApiDocument {
  readonly info?: { readonly title?: string; readonly version?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: Readonly<Record<string, unknown>>;
  readonly security?: RawOperation["security"];
}

/** A chain of references longer than this is a circle. */
const HOPS_MAX = 8;

/** Follows `#/…` references; one that leads nowhere is an empty part. */
export function resolve<T extends { readonly $ref?: string }>(document: ApiDocument, part: T): T {
  let found = part;
  for (let hops = 0; found.$ref !== undefined; hops += 1) {
    const target = hops < HOPS_MAX ? pointAt(document, found.$ref) : undefined;
    if (target === undefined) return {} as T;
    found = target as T;
  }
  return found;
}

function pointAt(document: ApiDocument, ref: string): unknown {
  if (!ref.startsWith("#/")) return undefined;
  let place: unknown = document;
  for (const step of ref.slice(2).split("/")) {
    if (typeof place !== "object" || place === null) return undefined;
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    place = (place as Readonly<Record<string, unknown>>)[key];
  }
  return place;
}

/** The schema of a part's content, of whichever type comes first. */
export function contentOf(
  part: ApiPart,
): { readonly type: string; readonly schema: ApiSchema } | undefined {
  const [first] = Object.entries(part.content ?? {});
  return first === undefined ? undefined : { type: first[0], schema: first[1].schema ?? {} };
}
