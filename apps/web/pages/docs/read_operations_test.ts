import { expect, test } from "bun:test";
import type { ApiDocument } from "./api_document.ts";
import { curlOf } from "./curl_example.ts";
import { readOperations } from "./read_operations.ts";

const ORIGIN = "https://login.example";

const DOCUMENT: ApiDocument = {
  paths: {
    "/api/v1/things/{id}": {
      post: {
        operationId: "makeThing",
        tags: ["Things"],
        summary: "Makes a thing",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        requestBody: { $ref: "#/components/requestBodies/Thing" },
        responses: {
          "201": {
            description: "Made",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
          },
          "401": { $ref: "#/components/responses/Unauthenticated" },
        },
      },
    },
    "/healthz": { get: { summary: "Alive", responses: { "204": { description: "Yes" } } } },
  },
  components: {
    requestBodies: {
      Thing: {
        content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
      },
    },
    responses: {
      Unauthenticated: {
        description: "`unauthenticated`: Sign in first",
        content: {
          "application/problem+json": {
            schema: {
              allOf: [
                { $ref: "#/components/schemas/Problem" },
                { properties: { code: { enum: ["unauthenticated", "token_expired"] } } },
              ],
            },
          },
        },
      },
    },
    schemas: {
      Thing: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", minLength: 1, maxLength: 80 },
          owner: { type: "object", properties: { id: { type: "string" } } },
          tags: {
            type: "array",
            items: { type: "object", properties: { name: { type: "string" } } },
          },
          parent: { $ref: "#/components/schemas/Thing" },
          note: { anyOf: [{ type: "string" }, { type: "null" }] },
        },
      },
      Problem: {
        type: "object",
        properties: { code: { type: "string" }, detail: { type: "string" } },
      },
      Circle: { $ref: "#/components/schemas/Circle" },
    },
  },
};

test("readOperations() groups by tag and follows references", () => {
  const groups = readOperations(DOCUMENT, ORIGIN);
  expect(groups.map((group) => group.name)).toEqual(["Things", "Other"]);
  const operation = groups[0]?.operations[0];
  expect(operation).toMatchObject({ id: "makeThing", method: "POST", path: "/api/v1/things/{id}" });
  expect(operation?.parameters).toEqual([
    { name: "id", type: "string", isRequired: true, words: "path" },
  ]);
});

test("readOperations() lists nested fields, lists and what may be null", () => {
  const body = readOperations(DOCUMENT, ORIGIN)[0]?.operations[0]?.body ?? [];
  const byName = Object.fromEntries(body.map((field) => [field.name, field]));
  expect(byName["title"]).toMatchObject({ isRequired: true, words: "1 to 80 characters" });
  expect(byName["owner.id"]?.type).toBe("string");
  expect(byName["tags[].name"]?.type).toBe("string");
  expect(byName["note"]?.type).toBe("string | null");
});

test("readOperations() ends on a schema that holds itself", () => {
  const body = readOperations(DOCUMENT, ORIGIN)[0]?.operations[0]?.body ?? [];
  expect(body.some((field) => field.name === "parent.parent.title")).toBe(true);
  expect(body.length).toBeLessThan(60);
});

test("readOperations() finds the codes of a problem", () => {
  const answers = readOperations(DOCUMENT, ORIGIN)[0]?.operations[0]?.answers ?? [];
  expect(answers.map((answer) => [answer.status, answer.codes])).toEqual([
    ["201", []],
    [
      "401",
      [
        { code: "unauthenticated", words: "Sign in first" },
        { code: "token_expired", words: "" },
      ],
    ],
  ]);
});

test("readOperations() survives a reference that goes in circles or nowhere", () => {
  const paths = {
    "/a": {
      get: {
        responses: {
          "200": {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Circle" } } },
          },
          "404": { $ref: "#/nowhere/at/all" },
        },
      },
    },
  };
  const [group] = readOperations({ ...DOCUMENT, paths }, ORIGIN);
  expect(group?.operations[0]?.answers.map((answer) => answer.fields)).toEqual([[], []]);
});

test("curlOf() quotes for a shell and sends what must be there", () => {
  const body = [
    { name: "email", type: "string", isRequired: true, words: "" },
    { name: "limit", type: "integer", isRequired: true, words: "" },
    { name: "name", type: "string", isRequired: false, words: "" },
  ];
  const headers = ["Authorization: Bearer $TOKEN"];
  expect(
    curlOf({ method: "POST", url: "https://o'er.example/api/x", body, isForm: false, headers }),
  ).toBe(
    [
      "curl -X POST 'https://o'\\''er.example/api/x'",
      '-H "Authorization: Bearer $TOKEN"',
      '-H "Content-Type: application/json"',
      `-d '{"email":"ada@example.com","limit":1}'`,
    ].join(" \\\n  "),
  );
});

test("curlOf() writes a form field by field", () => {
  const body = [
    { name: "grant_type", type: "string", isRequired: true, words: "" },
    { name: "code", type: "string", isRequired: false, words: "" },
  ];
  const url = "https://id.example/oauth/token";
  expect(curlOf({ method: "POST", url, body, isForm: true, headers: [] })).toBe(
    [`curl -X POST '${url}'`, "--data-urlencode 'grant_type=…'"].join(" \\\n  "),
  );
});
