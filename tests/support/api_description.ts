/**
 * The server's own description of its interface, and the judge of its answers by it.
 *
 * @see OpenAPI Specification 3.1.1
 * @module
 */

import {
  type OutputUnit,
  registerSchema,
  setShouldValidateFormat,
  type Validator,
  validate,
} from "@hyperjump/json-schema/openapi-3-1";
import "@hyperjump/json-schema/formats";
import type { Answer } from "./http_client.ts";

/** A schema, as far as generators read it. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
}

/** One call. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  /** Schema of the body; `undefined` where it takes none. */
  readonly body: JsonSchema | undefined;
  /** How the body is written. */
  readonly bodyType: "json" | "form";
  readonly isSecured: boolean;
  /** Media types by status. */
  readonly responses: ReadonlyMap<number, readonly string[]>;
}

/** What a server says of itself. */
export interface ApiDescription {
  readonly document: Readonly<Record<string, unknown>>;
  readonly operations: readonly DescribedOperation[];
  /** What of an answer is not as the description says, in words; `null` where all is. */
  complaint(operation: DescribedOperation, answer: Answer): Promise<string | null>;
}

const DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";
const DOCUMENT_SCHEMA = "https://spec.openapis.org/oas/3.1/schema-base";

/** An operation in the document. */
interface RawOperation {
  readonly operationId: string;
  readonly parameters?: DescribedOperation["parameters"];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema }> };
  readonly security?: readonly unknown[];
  readonly responses: Record<string, { readonly content?: Record<string, unknown> }>;
}

/** Reads the description of a running server. */
export async function readApiDescription(url: string): Promise<ApiDescription> {
  const response = await fetch(`${url}/api/v1/openapi.json`);
  const document = (await response.json()) as ApiDescription["document"];
  const id = `https://description.example/${crypto.randomUUID()}`;
  setShouldValidateFormat(true);
  registerSchema(structuredClone(document) as never, id, DIALECT);
  const validators = new Map<string, Promise<Validator>>();

  async function isOfSchema(pointer: readonly string[], body: unknown): Promise<boolean> {
    const fragment = pointer.map((part) => encodeURIComponent(escapePointer(part))).join("/");
    const found = validators.get(fragment) ?? validate(`${id}#/${fragment}`);
    validators.set(fragment, found);
    return (await found)(body as never).valid;
  }

  return {
    document,
    operations: operationsOf(document),
    async complaint({ method, path, responses }, answer) {
      const types = responses.get(answer.status);
      if (types === undefined) return `the status ${answer.status} is not described`;
      const type = (answer.headers.get("content-type") ?? "").split(";", 1)[0] ?? "";
      if (types.length === 0) return answer.text === "" ? null : "it has a body";
      if (!types.includes(type)) return `the type ${type} is not described for ${answer.status}`;
      const at = ["paths", path, method.toLowerCase(), "responses", String(answer.status)];
      const body = answer.json ?? answer.text;
      const isGood = await isOfSchema([...at, "content", type, "schema"], body);
      return isGood ? null : `the body is not of its schema: ${answer.text}`;
    },
  };
}

/** Tells whether a document is OpenAPI 3.1; if not, where it is not. */
export async function openApiErrors(document: unknown): Promise<readonly string[]> {
  const output = await validate(DOCUMENT_SCHEMA, document as never, "BASIC");
  return "errors" in output ? (output.errors as OutputUnit[]).map(locationOf) : [];
}

function locationOf({ instanceLocation }: OutputUnit): string {
  return instanceLocation;
}

function operationsOf(document: ApiDescription["document"]): readonly DescribedOperation[] {
  const paths = document["paths"] as Record<string, Record<string, RawOperation>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, raw]) => ({
      operationId: raw.operationId,
      method: method.toUpperCase(),
      path,
      parameters: raw.parameters ?? [],
      body: (raw.requestBody?.content[JSON_TYPE] ?? raw.requestBody?.content[FORM_TYPE])?.schema,
      bodyType: raw.requestBody?.content[FORM_TYPE] === undefined ? "json" : "form",
      isSecured: (raw.security ?? []).length > 0,
      responses: new Map(
        Object.entries(raw.responses).map(([status, { content = {} }]) => [
          Number(status),
          Object.keys(content),
        ]),
      ),
    })),
  );
}

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** RFC 6901, section 3. */
function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
