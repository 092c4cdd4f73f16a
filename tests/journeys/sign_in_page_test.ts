/**
 * What the page that everybody sees first promises: its weight, its policy, its manners with
 * password managers, and where it leads.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { GOOD_PASSWORD } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, press, seeHeading, signIn } from "./_steps.ts";

const stage = setStage();

/** DESIGN, "What is measured": the script of the sign-in page, compressed. */
const SCRIPT_LIMIT_BYTES = 150 * 1_024;

/** More than the headers of an answer and a file that compressing would not make smaller. */
const HEADERS_MAX_BYTES = 2_500;

/** What came over the wire for one file, headers and all. */
interface Load {
  readonly path: string;
  readonly encoding: string;
  bytes: number;
}

/** Counts the bytes of every script that a page loads, as they are on the wire; tells them when asked. */
async function weighScripts(page: Page): Promise<() => readonly Load[]> {
  const loads = new Map<string, Load>();
  const session = await page.context().newCDPSession(page);
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type !== "Script") return;
    const encoding = headerOf(response.headers, "content-encoding");
    loads.set(requestId, { path: new URL(response.url).pathname, encoding, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const load = loads.get(requestId);
    if (load !== undefined) load.bytes = encodedDataLength;
  });
  await session.send("Network.enable");
  return () => [...loads.values()];
}

/** The value of a header, whose name may be written in any case. */
function headerOf(headers: Readonly<Record<string, string>>, name: string): string {
  return new Headers(headers).get(name) ?? "none";
}

journey("the script of the sign-in page is at most 150 KB on the wire", async () => {
  await using person = await stage().person();
  const scriptsOf = await weighScripts(person.page);
  await person.page.goto("/login");
  await seeHeading(person.page, "Sign in");
  await person.page.waitForLoadState("networkidle");
  const loads = scriptsOf();
  expect(loads.length).toBeGreaterThan(1);
  const large = loads.filter((load) => load.bytes > HEADERS_MAX_BYTES);
  expect(large.filter(({ encoding }) => !["br", "gzip"].includes(encoding))).toEqual([]);
  const bytes = loads.reduce((sum, load) => sum + load.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(SCRIPT_LIMIT_BYTES);
});

journey("what breaks the policy is refused, reported and stored (injection)", async () => {
  await using person = await stage().person();
  const { page, complaints } = person;
  await page.goto("/login");
  await seeHeading(page, "Sign in");
  expect(complaints).toEqual([]);
  const reported = page.waitForResponse("**/api/v1/csp-report");
  await page.evaluate(
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title = 1\">')",
  );
  expect((await reported).status()).toBe(204);
  expect(await page.title()).toBe("Sign in · Postern");
  await eventually("the page tells of it", () =>
    complaints.some((complaint) => complaint.startsWith("policy: script-src-attr inline")),
  );
  expect(complaints).toContainEqual(expect.stringMatching(/^asked for .*csp-report$/));
  const stored = stage().deployment.sql("SELECT * FROM csp_reports");
  expect(stored).toContainEqual(expect.objectContaining({ directive: "script-src-attr" }));
});

/** What a password manager reads off a field. */
async function mannersOf(page: Page, label: string) {
  const field = page.getByLabel(label, { exact: true });
  return {
    type: await field.getAttribute("type"),
    autocomplete: await field.getAttribute("autocomplete"),
    isInForm: (await field.locator("xpath=ancestor::form").count()) === 1,
  };
}

journey("password managers find what they look for on every form", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page } = person;
  const secret = (autocomplete: string) => ({ type: "password", autocomplete, isInForm: true });
  await page.goto("/login");
  expect(await mannersOf(page, "Email or username")).toMatchObject({ autocomplete: "username" });
  expect(await mannersOf(page, "Password")).toEqual(secret("current-password"));
  await page.goto("/signup");
  expect(await mannersOf(page, "Email")).toMatchObject({ type: "email", autocomplete: "email" });
  expect(await mannersOf(page, "Username")).toMatchObject({ autocomplete: "username" });
  expect(await mannersOf(page, "Password")).toEqual(secret("new-password"));
  const rules = page.getByLabel("Password", { exact: true });
  expect(await rules.getAttribute("passwordrules")).toBe("minlength: 12; maxlength: 256;");
  await page.goto("/reset-password#token=A");
  expect(await mannersOf(page, "New password")).toEqual(secret("new-password"));

  await arriveSignedIn(page, account);
  await page.goto("/account");
  const section = page.getByRole("region", { name: "Password" });
  expect(await section.locator("input[autocomplete=username]").inputValue()).toBe(account.username);
  expect(await section.locator("input[type=password]").count()).toBe(2);
});

journey("what a password manager writes into the form without typing counts", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/login");
  const write = (label: string, text: string) =>
    page
      .getByLabel(label, { exact: true })
      .evaluate((input, value) => void Object.assign(input, { value }), text);
  await write("Email or username", account.username);
  await write("Password", GOOD_PASSWORD);
  await press(page, "Show password");
  const password = page.getByLabel("Password", { exact: true });
  expect(await password.getAttribute("type")).toBe("text");
  expect(await password.inputValue()).toBe(GOOD_PASSWORD);
  await press(page, "Sign in");
  await seeHeading(page, `Hello, ${account.username}`);
});

journey("whoever is sent to sign in is led back to where they were going", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/account?x=1#email");
  await seeHeading(page, "Sign in");
  await signIn(page, account.username, GOOD_PASSWORD);
  await seeHeading(page, "Account");
  expect(page.url()).toEndWith("/account?x=1#email");
  expect(person.complaints).toEqual([]);
});

for (const next of ["//evil.example", "/\\evil.example"]) {
  journey(`signing in leads to no other site: next=${next} (open redirect)`, async () => {
    const account = await stage().deployment.newAccount();
    await using person = await stage().person();
    const { page } = person;
    await page.goto(`/login?${new URLSearchParams({ next })}`);
    await signIn(page, account.username, GOOD_PASSWORD);
    await seeHeading(page, `Hello, ${account.username}`);
    expect(page.url()).toEndWith("/dashboard");
    expect(person.complaints).toEqual([]);
  });
}

/** Milliseconds that anything on a page takes to move, fade or change colour; what runs by itself counts. */
const LONGEST_MOTION = `Math.max(...[...document.querySelectorAll("*")].flatMap((element) =>
  getComputedStyle(element).transitionDuration.split(",").map((time) => parseFloat(time) * 1000)),
  document.getAnimations().length * 1000)`;

journey("who asks for no motion gets none", async () => {
  await using still = await stage().person({ isStill: true });
  await using other = await stage().person();
  for (const { page } of [still, other]) {
    await page.goto("/signup");
    await seeHeading(page, "Create an account");
  }
  expect(await still.page.evaluate<number>(LONGEST_MOTION)).toBe(0);
  expect(await other.page.evaluate<number>(LONGEST_MOTION)).toBeGreaterThan(0);
});

journey("a choice of colours is kept, against the system's, and from the first paint", async () => {
  await using person = await stage().person({ scheme: "light" });
  const { page } = person;
  await page.goto("/login");
  await page.getByTitle("Dark").click();
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await page.goto("/signup", { waitUntil: "commit" });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: "attached" });
  await seeHeading(page, "Create an account");
  const color = page.locator("meta[name=theme-color]").first();
  expect(await color.getAttribute("content")).toBe("#101412");
  await page.getByTitle("Colours of the system").click();
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  expect(person.complaints).toEqual([]);
});
