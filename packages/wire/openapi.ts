/**
 * The description of the REST interface, made from the operations: complete enough to generate a
 * client or to fuzz the server from.
 *
 * @see OpenAPI Specification 3.1.1
 * @module
 */

import { z } from "zod";
import { COOKIES, CSRF_HEADER } from "./credentials.ts";
import { oauthStatus } from "./oauth_refusal.ts";
import { codesOf, type Operation } from "./operation.ts";
import { PROBLEMS, type ProblemCode, problem } from "./problem.ts";
import { oauthError } from "./shapes/oauth.ts";

/** What the description says of the server. */
export interface Described {
  readonly publicUrl: string;
  readonly version: string;
  readonly operations: readonly Operation[];
  /** What stands before the name of every cookie. */
  readonly cookies: { readonly prefix: string };
}

type Json = Readonly<Record<string, unknown>>;

interface Response {
  readonly description: string;
  readonly headers?: Json;
  /** By media type. */
  readonly content?: Readonly<Record<string, Json>>;
}

/** By status. */
type Responses = Readonly<Record<string, Response>>;

/** Describes the operations as an OpenAPI 3.1 document. */
export function describeOperations(described: Described): Json {
  const { prefix } = described.cookies;
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of described.operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    const item = paths[path] ?? {};
    item[operation.method.toLowerCase()] = describeOperation(operation);
    paths[path] = item;
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Postern",
      version: described.version,
      description: "Accounts, sessions and tokens of a self-hosted sign-in server.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: described.publicUrl }],
    tags: [...new Set(described.operations.map((operation) => operation.tag))].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, "output") },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        accessCookie: { type: "apiKey", in: "cookie", name: `${prefix}${COOKIES.access}` },
        sessionCookie: { type: "apiKey", in: "cookie", name: `${prefix}${COOKIES.session}` },
      },
    },
  };
}

function describeOperation(operation: Operation): Json {
  const { body, rawBody } = operation;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation),
      ...csrfParameter(operation),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(operation, body) }),
    ...(rawBody === undefined ? {} : { requestBody: rawRequestBody(rawBody) }),
    responses: merged(answers(operation), refusals(operation)),
    security:
      operation.access === "user"
        ? [{ bearer: [] }, { accessCookie: [] }, { sessionCookie: [] }]
        : [],
  };
}

function requestBody(operation: Operation, body: z.ZodType): Json {
  return {
    required: operation.access !== "refresh",
    content: { [typeOfBody(operation)]: { schema: schemaOf(body, "input") } },
  };
}

function typeOfBody({ bodyType }: Operation): string {
  return bodyType === "form" ? "application/x-www-form-urlencoded" : "application/json";
}

function rawRequestBody(mediaTypes: readonly string[]): Json {
  const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, {}]));
  return { required: true, content };
}

function pathParameters(operation: Operation): readonly Json[] {
  return Object.keys(operation.params?.shape ?? {}).map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(operation: Operation): readonly Json[] {
  const query = operation.query ?? operation.rawQuery;
  if (query === undefined) return [];
  const schema = schemaOf(query, "output") as { properties?: Record<string, unknown> };
  return Object.entries(schema.properties ?? {}).map(([name, value]) => ({
    name,
    in: "query",
    required: false,
    schema: value,
  }));
}

function csrfParameter(operation: Operation): readonly Json[] {
  if (operation.method === "GET" || operation.access === "exempt") return [];
  const description = "The CSRF cookie's value; asked of callers that send cookies of ours";
  return [
    {
      name: CSRF_HEADER,
      in: "header",
      required: operation.access === "pair",
      description,
      schema: { type: "string" },
    },
  ];
}

function answers(operation: Operation): Responses {
  const described: Record<string, Response> = {};
  const type = operation.answerType ?? "application/json";
  for (const [status, schema] of Object.entries(operation.answers)) {
    described[status] = {
      description: status === "204" ? "Done" : "As asked",
      ...(schema === null ? {} : { content: { [type]: { schema: schemaOf(schema, "output") } } }),
    };
  }
  return described;
}

const WAITING = {
  "Retry-After": { description: "Whole seconds to wait", schema: { type: "integer", minimum: 1 } },
};

function refusals(operation: Operation): Responses {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(operation)) {
    const status = operation.refusals === "oauth" ? oauthStatus(code) : PROBLEMS[code].status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const described: Record<string, Response> = {};
  for (const [status, codes] of byStatus) {
    described[String(status)] = {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("\n\n"),
      ...(status === 429 || status === 503 ? { headers: WAITING } : {}),
      content: operation.refusals === "oauth" ? OAUTH_REFUSAL : problemOf(codes),
    };
  }
  return described;
}

const OAUTH_REFUSAL = { "application/json": { schema: schemaOf(oauthError, "output") } };

function problemOf(codes: readonly ProblemCode[]) {
  const schema = {
    allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { enum: codes } } }],
  };
  return { "application/problem+json": { schema } };
}

/** Where an answer and a refusal share their status, each has its own media type. */
function merged(good: Responses, bad: Responses): Responses {
  const all = { ...bad };
  for (const [status, answer] of Object.entries(good)) {
    const refusal = bad[status];
    const content = { ...refusal?.content, ...answer.content };
    const isBare = Object.keys(content).length === 0;
    all[status] = { ...refusal, ...answer, ...(isBare ? {} : { content }) };
  }
  return all;
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    // Answers grow by adding: a client must not refuse a field that it does not know.
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}
