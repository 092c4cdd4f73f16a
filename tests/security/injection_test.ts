import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { AUTH } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const BREAKS = [
  "\r\nBcc: thief@example.com",
  "\nBcc: thief@example.com",
  "\u0000",
  "%0d%0aBcc: x",
  "\u2028x",
];

test("an address with a line break, a second one or a comment is refused (mail header injection)", async () => {
  const odd = [
    ...BREAKS.flatMap((text) => [`a${text}@example.com`, `a@example.com${text}`]),
    "a@example.com,thief@example.com",
    "a@example.com;thief@example.com",
    "a@example.com thief@example.com",
    "<a@example.com>",
    '"a@evil" <thief@example.com>',
    '"a b"@example.com',
    "a(comment)@example.com",
    "a@[127.0.0.1]",
    "a@localhost",
    "a@@example.com",
    "a@b@example.com",
    "@example.com",
    "a@",
    "a@exa mple.com",
    "a@example..com",
    ".a@example.com",
    "\u00e4@example.com",
    "a@ex\u0430mple.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(250)}.com`,
  ];
  const { browser, password } = await deployment.newAccount();
  for (const email of odd) {
    const signup = { email, username: freshName(), password: GOOD_PASSWORD };
    const answer = await deployment.visitor().post(`${AUTH}/signup`, signup);
    expect({ email, ...expectProblem(answer, "invalid_request") }).toMatchObject({
      errors: [{ path: "email", code: "email_invalid" }],
    });
  }
  for (const email of odd.slice(0, 8)) {
    const body = { email, current_password: password };
    expectProblem(await browser.post(`${AUTH}/email/change`, body), "invalid_request");
  }
});

test("what a stranger chose stands escaped in the mails, and adds no header, link or recipient", async () => {
  const local = "o'neil&x=<b>".replace(/[<>]/g, "");
  const email = `${local}@example.com`;
  const account = await deployment.newAccount();
  const browser = await deployment.signIn(account, {
    headers: { "User-Agent": 'Evil/1.0 <img src="http://evil.example/x"> http://evil.example' },
  });
  const body = { email, current_password: account.password };
  expect((await browser.post(`${AUTH}/email/change`, body)).status).toBe(202);
  const { token } = await deployment.nextLink(email);
  expect((await browser.post(`${AUTH}/verify-email`, { token })).status).toBe(200);
  const notice = await deployment.smtp.next(account.email);
  expect(notice.html).toContain("o&#39;neil&amp;x=b@example.com");
  expect(notice.to).toEqual([account.email]);
  const change = { current_password: account.password, new_password: "another-horse-battery-1" };
  expect((await browser.post(`${AUTH}/password/change`, change)).status).toBe(200);
  const told = await deployment.smtp.next(email);
  const plain = [...(deployment.smtp.mails[0]?.headers.keys() ?? [])];
  expect(plain).toContain("subject");
  for (const mail of [notice, told]) {
    expect(mail.raw).not.toContain("evil.example");
    expect([...mail.headers.keys()]).toEqual(plain);
  }
});

test("a name is text everywhere: markup, templates and formulas stay what they are", async () => {
  const names = [
    '<script>alert("x")</script>',
    "{{constructor.constructor('return 1')()}}",
    "$" + "{7*7}",
    '=HYPERLINK("http://evil.example")',
    "'; DROP TABLE users; --",
    '" OR 1=1 --',
    "%s%n%x",
    "../../etc/passwd",
  ];
  const { browser, id } = await deployment.newAccount();
  for (const name of names) {
    const answer = await browser.request("PATCH", `${AUTH}/me`, { body: { name } });
    expect(answer.json).toMatchObject({ name });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(deployment.sql("SELECT name FROM users WHERE id = ?", Number(id))).toEqual([{ name }]);
  }
});

test("SQL in any field finds nobody and harms nothing (SQL injection)", async () => {
  const account = await deployment.newAccount();
  const attempts = [
    "' OR '1'='1",
    `${account.username}'--`,
    "%",
    "_______",
    `${account.email}' OR '1`,
    '"',
    "\\",
  ];
  for (const identifier of attempts) {
    const body = { identifier, password: account.password };
    expectProblem(await deployment.visitor().post(`${AUTH}/token`, body), "invalid_credentials");
  }
  for (const token of attempts) {
    const body = { token, new_password: GOOD_PASSWORD };
    expectProblem(await deployment.visitor().post(`${AUTH}/password/reset`, body), "invalid_token");
  }
  for (const cursor of attempts) {
    const query = new URLSearchParams({ cursor });
    const answer = await account.browser.get(`${AUTH}/sessions?${query}`);
    expect(answer.status).toBeOneOf([200, 422]);
  }
  const found = await deployment.admin("users", "list", "--query", "' OR 1=1 --", "--json");
  expect(found.objects()).toEqual([]);
});

test("a picture is an https address that names no user: no script, no data, no host of ours (XSS, SSRF)", async () => {
  const { browser } = await deployment.newAccount();
  const odd = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://example.com/a.png",
    "//evil.example/a.png",
    "https://user:pass@example.com/",
    "https://user@example.com/",
    "https:",
    "https://",
    "/a.png",
    "file:///etc/passwd",
    "blob:https://example.com/x",
  ];
  for (const picture of odd) {
    const answer = await browser.request("PATCH", `${AUTH}/me`, { body: { picture } });
    expectProblem(answer, "invalid_request");
  }
  const good = { picture: 'https://example.com/a b"><script>.png' };
  const answer = await browser.request("PATCH", `${AUTH}/me`, { body: good });
  expect((answer.json as { picture: string }).picture).toBe(
    "https://example.com/a%20b%22%3E%3Cscript%3E.png",
  );
});

test("a page repeats nothing of its address, and every script of it has the nonce (XSS)", async () => {
  const visitor = deployment.visitor();
  const attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
  for (const path of [
    "/login",
    "/signup",
    "/reset",
    "/verify-email",
    "/nothing-here",
    "/account",
  ]) {
    const headers = { Accept: "text/html" };
    const page = await visitor.get(`${path}?next=${attack}&token=${attack}`, { headers });
    expect(page.text).not.toContain("alert(1)");
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
    for (const [tag] of page.text.matchAll(/<(?:script|style)\b[^>]*>/g)) {
      expect(tag).toContain(`nonce="${nonce}"`);
    }
    expect(page.text).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:/i);
  }
});
