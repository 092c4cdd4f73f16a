import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({
    env: { GOOGLE_CLIENT_ID: "client-1", GOOGLE_CLIENT_SECRET: "secret-of-client-1" },
  });
});

afterAll(async () => {
  await deployment.close();
});

const HTML = { headers: { Accept: "text/html" } };

/** What the sign-in page and the call tell of providers. */
async function shown(): Promise<readonly unknown[]> {
  const { text } = await deployment.visitor().get("/login", HTML);
  const boot = /<script type="application\/json"[^>]*>(.+?)<\/script>/.exec(text)?.[1] ?? "{}";
  const { providers } = JSON.parse(boot) as { providers: readonly unknown[] };
  const call = await deployment.visitor().get("/api/v1/auth/providers");
  expect((call.json as { items: readonly unknown[] }).items).toEqual([...providers]);
  return providers;
}

test("a page shows the providers, reads them from memory, and anew when one changes", async () => {
  const google = {
    id: "google",
    kind: "google",
    name: "Google",
    login_url: "/accounts/google/login",
  };
  expect(await shown()).toEqual([google]);
  deployment.sql("ALTER TABLE providers RENAME TO providers_away");
  try {
    expect(await shown()).toEqual([google]);
  } finally {
    deployment.sql("ALTER TABLE providers_away RENAME TO providers");
  }
  await deployment.admin("providers", "disable", "google");
  const deadline = Date.now() + 60_000;
  while ((await shown()).length > 0 && Date.now() < deadline) await Bun.sleep(50);
  expect(await shown()).toEqual([]);
  await deployment.admin("providers", "enable", "google");
});

test("pages and their files count against no limit: they cost less than a refusal would tell", async () => {
  const visitor = deployment.visitor();
  for (let asked = 0; asked < 130; asked += 1) {
    const answer = await visitor.get("/login", HTML);
    expect(answer.status).toBe(200);
  }
  expect((await visitor.get("/api/v1/auth/csrf")).status).toBe(200);
});

test("what is no page counts against the limit of strangers, page or not (probing)", async () => {
  const visitor = deployment.visitor();
  const statuses = new Set<number>();
  for (let asked = 0; asked < 130; asked += 1) {
    statuses.add((await visitor.get(`/probe-${asked}`, HTML)).status);
  }
  expect([...statuses].toSorted()).toEqual([404, 429]);
});

test.each(["sessionid", "access_token", "refresh_token", "csrftoken"])(
  "a page, a file or nothing, asked for with %s twice, is 400 (cookie tossing)",
  async (name) => {
    const { text } = await deployment.visitor().get("/login", HTML);
    const file = /src="(\/assets\/[^"]+)"/.exec(text)?.[1] ?? "";
    const headers = { ...HTML.headers, Cookie: `${name}=a; other=1; ${name}=b` };
    for (const path of ["/", "/login", "/account", "/api/v1/docs", file, "/nothing-here"]) {
      expectProblem(await deployment.visitor().get(path, { headers }), "malformed_request");
    }
    const once = { headers: { ...HTML.headers, Cookie: `${name}=a; other=1; other=2` } };
    expect((await deployment.visitor().get("/login", once)).status).toBe(200);
  },
);
