import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";
import { AUTH, codeOf, expectGuarded } from "./_acts.ts";

let deployment: Deployment;
let browser: Visitor;
let userId: string;

beforeAll(async () => {
  deployment = await openDeployment();
  const account = await deployment.newAccount();
  browser = account.browser;
  userId = account.id;
});

afterAll(async () => {
  const errors = deployment.server.logs().filter(({ level }) => level === "error");
  await deployment.close();
  expect(errors).toEqual([]);
});

/** Every call that takes a body, each with a good one. */
const CALLS: readonly (readonly [method: string, path: string, body: Record<string, unknown>])[] = [
  ["POST", "token", { identifier: "x", password: "x" }],
  ["POST", "login", { identifier: "x", password: "x" }],
  [
    "POST",
    "signup",
    { email: "a@example.com", username: "abcd", password: GOOD_PASSWORD, name: "A" },
  ],
  ["POST", "verify-email", { token: "x", password: "x", username: "abcd" }],
  ["POST", "refresh", { refresh_token: "x" }],
  ["POST", "password/forgot", { email: "a@example.com" }],
  ["POST", "password/reset", { token: "x", new_password: GOOD_PASSWORD }],
  ["POST", "password/change", { current_password: "x", new_password: GOOD_PASSWORD }],
  ["POST", "email/change", { email: "a@example.com", current_password: "x" }],
  ["POST", "email/undo", { token: "x" }],
  ["PATCH", "me", { name: "A", username: "abcd", picture: "https://example.com/a" }],
];

const NEEDS_SESSION = new Set(["password/change", "email/change", "me"]);

async function send(method: string, path: string, body: string | Uint8Array): Promise<Answer> {
  const visitor = NEEDS_SESSION.has(path) ? browser : deployment.visitor();
  const answer = await visitor.request(method, `${AUTH}/${path}`, { body });
  expectGuarded((name) => answer.headers.get(name));
  return answer;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Spells a text in UTF-16, with its mark in front or without. */
function utf16(text: string, mark: boolean): Uint8Array {
  return Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

/** What is no JSON object in UTF-8, made of one that is. */
function broken(text: string): readonly (readonly [what: string, body: string | Uint8Array])[] {
  const deep = (open: string, close: string, depth: number) =>
    text.replace(/}$/, `,"x":${open.repeat(depth)}1${close.repeat(depth)}}`);
  return [
    ["nothing", ""],
    ["a cut text", text.slice(0, -1)],
    ["a text cut in a string", text.slice(0, text.lastIndexOf('"'))],
    ["a text and more", `${text}x`],
    ["two objects", `${text}${text}`],
    ["a list", `[${text}]`],
    ["a string", JSON.stringify(text)],
    ["a number", "7"],
    ["null", "null"],
    ["NaN", text.replace(/}$/, ',"x":NaN}')],
    ["single quotes", text.replaceAll('"', "'")],
    ["a comment", text.replace("{", "{/**/")],
    ["a comma too many", text.replace(/}$/, ",}")],
    [
      "a key twice",
      text.replace("{", `{${text.slice(1, text.indexOf(",") + 1 || -1).replace(/,?$/, ",")}`),
    ],
    ["a key twice, once escaped", `{"x":1,"\\u0078":2,${text.slice(1)}`],
    ["lists 40 deep", deep("[", "]", 40)],
    ["objects 5000 deep", deep('{"a":', "}", 5_000)],
    ["lists 30000 deep and unclosed", "[".repeat(30_000)],
    ["a byte order mark", `\ufeff${text}`],
    ["UTF-16", utf16(text, false)],
    ["UTF-16 with its mark", utf16(text, true)],
    ["Latin-1", latin1(text.replace(/}$/, ',"x":"\u00fc"}'))],
    ["an overlong form", latin1(text.replace(/}$/, ',"x":"\u00c0\u00af"}'))],
    ["a surrogate in UTF-8", latin1(text.replace(/}$/, ',"x":"\u00ed\u00a0\u0080"}'))],
    ["a byte that is none", latin1(text.replace(/}$/, ',"x":"\u00ff"}'))],
    ["a NUL between", `${text.slice(0, -1)}\u0000}`],
    ["a line feed in a string", text.replace(/}$/, ',"x":"a\nb"}')],
    ["a form", new URLSearchParams(JSON.parse(text) as Record<string, string>).toString()],
  ];
}

test.each(CALLS)(
  "%s %s answers 400 invalid_json to whatever is no JSON object in UTF-8",
  async (method, path, good) => {
    const text = JSON.stringify(good);
    for (const [what, body] of broken(text)) {
      if (path === "refresh" && what === "nothing") continue;
      const answer = await send(method, path, typeof body === "string" ? bytes(body) : body);
      expect({ what, status: answer.status, code: codeOf(answer) }).toEqual({
        what,
        status: 400,
        code: "invalid_json",
      });
    }
  },
);

test.each(CALLS)(
  "%s %s answers 422 with the field's name to a value of another type",
  async (method, path, good) => {
    for (const field of Object.keys(good)) {
      for (const value of [7, -1.5, true, [], ["x"], {}, { $ne: null }, { toString: "x" }]) {
        const answer = await send(method, path, bytes(JSON.stringify({ ...good, [field]: value })));
        const problem = expectProblem(answer, "invalid_request");
        expect(problem.errors?.map((one) => one.path)).toContain(field);
        expect(problem.errors?.every(({ detail }) => !detail.includes("$ne"))).toBe(true);
      }
    }
  },
);

test("a body over 64 KiB is 413, whether it says so or not, and the server goes on", async () => {
  for (const [method, path, good] of CALLS) {
    const long = JSON.stringify({ ...good, x: "a".repeat(70_000) });
    expectProblem(await send(method, path, bytes(long)), "too_large");
  }
  for (const size of [200_000, 900_000]) {
    const deep = `${"[".repeat(size)}${"]".repeat(size > 500_000 ? 0 : size)}`;
    expectProblem(await send("POST", "token", bytes(deep)), "too_large");
  }
  const visitor = deployment.visitor();
  const chunks = new ReadableStream({
    async pull(controller) {
      controller.enqueue(new Uint8Array(30_000).fill(0x20));
      await Bun.sleep(1);
    },
  });
  const response = await fetch(`${deployment.server.url}${AUTH}/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Forwarded-For": visitor.address },
    body: chunks,
  });
  expect(response.status).toBe(413);
});

/** Texts that some reader of Unicode stumbles over, none of them any account's. */
const HOSTILE: readonly (readonly [what: string, json: string])[] = [
  ["a lone high surrogate", '"abc\\ud83d"'],
  ["a lone low surrogate", '"\\ude00abc"'],
  ["surrogates the wrong way round", '"\\ude00\\ud83d"'],
  ["a NUL", '"abc\\u0000def"'],
  [
    "every control",
    JSON.stringify(Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("")),
  ],
  ["a turn of direction", '"abc\\u202edef\\u2066x"'],
  ["nothing to be seen", '"\\u200b\\u200d\\ufeff\\u2060"'],
  ["letters like others", '"\\u0430dmin"'],
  ["the dotless and the Kelvin letter", '"\\u0130\\u0131\\u212a\\u017f"'],
  ["no characters", '"\\ufffe\\uffff\\ufdd0"'],
  ["an end of line of its own", '"a\\u2028b\\u2029c\\u0085d"'],
  ["a ligature that unfolds to eighteen", JSON.stringify("\ufdfa".repeat(1_000))],
  [
    "flags and families",
    JSON.stringify("\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u{1f3ff}".repeat(500)),
  ],
  ["a thousand marks", JSON.stringify(`a${"\u0301\u0316".repeat(500)}`)],
  ["a tag in invisible letters", JSON.stringify("\u{e0041}\u{e0042}\u{e007f}")],
];

test.each(HOSTILE)("%s in any field is a refusal or a text, never an error", async (_, json) => {
  for (const [method, path, good] of CALLS) {
    for (const field of Object.keys(good)) {
      if (path === "me" && field !== "name") continue;
      const body = JSON.stringify({ ...good, [field]: "\u0001" }).replace('"\\u0001"', () => json);
      const answer = await send(method, path, bytes(body));
      const isExpected = [200, 202, 401, 403, 422, 429].includes(answer.status);
      expect({ path, field, status: answer.status, isExpected }).toMatchObject({
        isExpected: true,
      });
    }
  }
  const health = await deployment.visitor().get("/readyz");
  expect(health.json).toMatchObject({ ok: true });
});

test("what cannot be shown, or is broken, becomes no name, username, address or password", async () => {
  const names = [
    '"a\\ud83d"',
    '"a\\u0000"',
    '"a\\u202eb"',
    '"a\\u2066b"',
    '"a\\nb"',
    '"a\\u0085b"',
  ];
  for (const json of names) {
    const answer = await send("PATCH", "me", bytes(`{"name":${json}}`));
    expectProblem(answer, "invalid_request");
  }
  for (const json of ['"correct-horse-\\ud83d-9"', '"correct-horse-\\udc00-9"']) {
    const fields = `"email":"${freshName()}@example.com","username":"${freshName()}"`;
    const answer = await send("POST", "signup", bytes(`{${fields},"password":${json}}`));
    const problem = expectProblem(answer, "invalid_request");
    expect(problem.errors).toMatchObject([{ path: "password", code: "password_malformed" }]);
  }
  expect(deployment.sql("SELECT name FROM users WHERE id = ?", Number(userId))).not.toEqual([]);
});

test("64 KiB of marks in disorder hold up nobody (normalisation bomb)", async () => {
  const bomb = `a${"\u0301".repeat(15_000)}${"\u0316".repeat(15_000)}`;
  const single = CALLS.flatMap(([method, path, good]) =>
    Object.keys(good).map(
      (field) => [method, path, JSON.stringify({ ...good, [field]: bomb })] as const,
    ),
  );
  const state = { isOver: false };
  const waits: number[] = [];
  async function watch(): Promise<void> {
    while (!state.isOver) {
      const started = performance.now();
      await deployment.visitor().get("/healthz");
      waits.push(performance.now() - started);
      await Bun.sleep(5);
    }
  }
  const watching = watch();
  for (const [method, path, text] of single) {
    const answer = await send(method, path, bytes(text));
    expect(answer.status).toBeOneOf([401, 403, 422, 202, 429]);
  }
  state.isOver = true;
  await watching;
  // One alone takes the event loop ten seconds, where it is normalised.
  expect(Math.max(...waits)).toBeLessThan(5_000);
});
