/**
 * Reads an OpenAPI document into what the page shows.
 *
 * @module
 */

import {
  type ApiDocument,
  type ApiPart,
  contentOf,
  type RawOperation,
  resolve,
} from "./api_document.ts";
import { curlOf } from "./curl_example.ts";
import { type ApiField, fieldsOf, typeWords } from "./schema_fields.ts";

/** One answer of an operation. */
export interface ApiAnswer {
  readonly status: string;
  readonly words: string;
  /** Content type; `undefined` for an answer without a body. */
  readonly type: string | undefined;
  readonly fields: readonly ApiField[];
  /** Problem codes that come with this status, each with what it means where that is said. */
  readonly codes: readonly ApiCode[];
}

/** One problem code. */
export interface ApiCode {
  readonly code: string;
  readonly words: string;
}

/** One operation. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ApiField[];
  readonly body: readonly ApiField[];
  readonly answers: readonly ApiAnswer[];
  readonly curl: string;
}

/** Operations that belong together. */
export interface ApiGroup {
  readonly name: string;
  readonly operations: readonly ApiOperation[];
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** Lists all operations by their first tag, in the order of the document. */
export function readOperations(document: ApiDocument, origin: string): readonly ApiGroup[] {
  const groups = new Map<string, ApiOperation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const raw = item[method] as RawOperation | undefined;
      if (raw === undefined) continue;
      const name = raw.tags?.[0] ?? "Other";
      const group = groups.get(name) ?? [];
      group.push(readOperation(document, raw, { method, path, origin }));
      groups.set(name, group);
    }
  }
  return [...groups].map(([name, operations]) => ({ name, operations }));
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly origin: string;
}

function readOperation(document: ApiDocument, raw: RawOperation, place: Place): ApiOperation {
  const method = place.method.toUpperCase();
  const bodyPart = raw.requestBody === undefined ? undefined : resolve(document, raw.requestBody);
  const content = bodyPart === undefined ? undefined : contentOf(bodyPart);
  const body = content === undefined ? [] : fieldsOf(document, content.schema);
  const isForm = content?.type === "application/x-www-form-urlencoded";
  const parameters = (raw.parameters ?? []).map((part) => resolve(document, part));
  const headers = headersOf(parameters, raw.security ?? document.security ?? []);
  return {
    id: raw.operationId ?? `${place.method}-${place.path.replaceAll(/\W+/g, "-")}`,
    method,
    path: place.path,
    summary: raw.summary ?? "",
    description: raw.description ?? "",
    parameters: parameters.map((part) => parameterOf(document, part)),
    body,
    answers: Object.entries(raw.responses ?? {}).map(([status, part]) =>
      answerOf(document, status, part),
    ),
    curl: curlOf({ method, url: `${place.origin}${place.path}`, body, isForm, headers }),
  };
}

/** Headers that an example needs: a token where one is asked for, and the pair that goes with cookies. */
function headersOf(
  parameters: readonly ApiPart[],
  security: NonNullable<RawOperation["security"]>,
): readonly string[] {
  const isBearer = security.some((scheme) => Object.hasOwn(scheme, "bearer"));
  if (isBearer) return ["Authorization: Bearer $TOKEN"];
  const hasPair = parameters.some((part) => part.name === "X-CSRFToken" && part.required === true);
  return hasPair ? ["X-CSRFToken: $CSRF", "Cookie: csrftoken=$CSRF"] : [];
}

function parameterOf(document: ApiDocument, part: ApiPart): ApiField {
  const words = [part.in, part.description].filter((word) => word !== undefined).join(". ");
  return {
    name: part.name ?? "",
    type: typeWords(document, part.schema ?? {}),
    isRequired: part.required === true,
    words,
  };
}

function answerOf(document: ApiDocument, status: string, given: ApiPart): ApiAnswer {
  const part = resolve(document, given);
  const content = contentOf(part);
  const fields = content === undefined ? [] : fieldsOf(document, content.schema);
  const isProblem = content?.type.includes("problem") === true;
  return {
    status,
    words: isProblem ? "" : (part.description ?? ""),
    type: content?.type,
    fields: isProblem ? [] : fields,
    codes: isProblem ? codesOf(fields, part.description ?? "") : [],
  };
}

/**
 * The codes stand in the schema of the problem's `code`, as an enumeration; what each means, in lines
 * of the description.
 */
function codesOf(fields: readonly ApiField[], description: string): readonly ApiCode[] {
  const words = new Map(
    [...description.matchAll(/^`([a-z_]+)`: (.+)$/gm)].map(([, code, text]) => [code, text]),
  );
  const code = fields.find((field) => field.name === "code");
  return [...(code?.type.matchAll(/"([a-z_]+)"/g) ?? [])].map(([, name = ""]) => ({
    code: name,
    words: words.get(name) ?? "",
  }));
}
