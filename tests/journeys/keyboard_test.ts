/**
 * The pages without a mouse: where focus is, where it goes next, and whether it can be seen.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, press, seeHeading } from "./_steps.ts";

const stage = setStage();

/** Puts focus before everything. Taking it from a field alone would leave off there. */
const START_OVER =
  "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')";

/**
 * Everything on a page that Tab ought to reach, in the order of reading, with how it looks without
 * focus: the ring and the glow around it, or around the label of a radio button. Of radio buttons
 * with one name, Tab reaches the one that is chosen.
 */
const FIND_STOPS = `(() => {
  window.lookOf = (element) => {
    const style = getComputedStyle(element.type === "radio" ? element.closest("label") : element);
    const hasRing = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
      !/^rgba\\(.*, 0\\)$/.test(style.outlineColor);
    return [hasRing, style.boxShadow].join(" ");
  };
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.stops = [...document.querySelectorAll(wanted)].filter((element) =>
    element.checkVisibility() && !element.disabled && element.tabIndex >= 0 &&
    !(element.type === "radio" && !element.checked));
  window.looks = window.stops.map(lookOf);
  return window.stops.length;
})()`;

/** Which of the stops has focus, and whether it can be told by its look. */
const LOOK = `(() => {
  const has = document.activeElement;
  const at = window.stops.indexOf(has);
  const box = (has.type === "radio" ? has.closest("label") : has).getBoundingClientRect();
  return {
    at,
    name: has.getAttribute("aria-label") ?? has.labels?.[0]?.innerText ?? has.innerText,
    isSeen: lookOf(has) !== window.looks[at],
    isInWindow: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
})()`;

/** What has focus after a press of Tab. */
interface Stop {
  readonly at: number;
  readonly name: string;
  readonly isSeen: boolean;
  readonly isInWindow: boolean;
}

/** Waits until the page has nothing to do: what takes focus when it comes has taken it. */
const REST = "new Promise((rested) => requestIdleCallback(() => rested()))";

/** Presses Tab from the top of a page to its end. */
async function walk(page: Page): Promise<{ readonly count: number; readonly stops: Stop[] }> {
  await page.getByRole("status", { name: /^Loading/ }).waitFor({ state: "detached" });
  await page.evaluate(REST);
  await page.evaluate(START_OVER);
  const count = await page.evaluate<number>(FIND_STOPS);
  const stops: Stop[] = [];
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate<Stop>(LOOK));
  }
  return { count, stops };
}

async function expectWalkable(page: Page): Promise<readonly string[]> {
  const { count, stops } = await walk(page);
  expect(stops.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, index) => index));
  expect(stops.filter(({ isSeen, isInWindow }) => !(isSeen && isInWindow))).toEqual([]);
  return stops.map(({ name }) => name.trim().replaceAll(/\s+/g, " "));
}

journey("Tab goes through a stranger's pages in the order of reading, and is seen", async () => {
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login");
  await seeHeading(page, "Sign in");
  expect(await expectWalkable(page)).toEqual([
    "Postern",
    "Colours of the system",
    "Email or username",
    "Password",
    "Show password",
    "Forgot your password?",
    "Sign in",
    "Create an account",
  ]);
  for (const path of ["/signup", "/forgot-password", "/reset-password#token=A", "/nowhere"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect((await expectWalkable(page)).length).toBeGreaterThan(2);
  }
});

journey("Tab goes through one's own pages in the order of reading, and is seen", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person({ isStill: true, scheme: "dark" });
  const { page } = person;
  await arriveSignedIn(page, account);
  await page.getByText("last seen").waitFor();
  expect((await expectWalkable(page)).slice(0, 3)).toEqual([
    "Skip to the content",
    "Postern",
    "Home",
  ]);
  await page.goto("/account");
  await page.getByText("This device").waitFor();
  expect((await expectWalkable(page)).slice(-2)).toEqual([
    "Sign out Firefox on Linux",
    "Sign out everywhere else",
  ]);
});

journey("signing in, finding one's devices and leaving need a keyboard alone", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/login");
  await page.locator("input[name=identifier]:focus").waitFor();
  await page.keyboard.type(account.username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(account.password);
  await page.keyboard.press("Enter");
  await seeHeading(page, `Hello, ${account.username}`);
  await page.locator("h1:focus").waitFor();

  await page.reload();
  await seeHeading(page, `Hello, ${account.username}`);
  await page.getByText("last seen").waitFor();
  await page.evaluate(REST);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await skip.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await page.locator("main:focus").waitFor();
  for (const _row of ["Profile", "Password", "Devices"]) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await seeHeading(page, "Account");
  await page.getByText("This device").waitFor();

  await page.getByRole("button", { name: "Sign out", exact: true }).focus();
  await page.keyboard.press("Space");
  await seeHeading(page, "Sign in");
  expect(person.complaints).toEqual([]);
});

/** The words that belong to a field by `aria-describedby`, each of them there to be seen. */
async function descriptionOf(page: Page, field: Locator): Promise<string> {
  const ids = (await field.getAttribute("aria-describedby"))?.split(/\s+/) ?? [];
  const parts = ids.map((id) => page.locator(`[id="${id}"]`));
  for (const part of parts) expect(await part.isVisible()).toBe(true);
  return (await Promise.all(parts.map((part) => part.textContent()))).join("\n");
}

journey("what is wrong with a field is tied to it, and focus goes to the first", async () => {
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/signup");
  await page.getByLabel("Email", { exact: true }).fill("ada@example.com");
  await press(page, "Create the account");
  const username = page.getByLabel("Username", { exact: true });
  await page.locator("input[name=username]:focus").waitFor();
  expect(await descriptionOf(page, username)).toContain("Choose a username");
  expect(await descriptionOf(page, username)).toContain("3 to 30 letters");
  const password = page.getByLabel("Password", { exact: true });
  expect(await descriptionOf(page, password)).toContain("Choose a password");
  expect(await descriptionOf(page, password)).toContain("At least 12 characters");
  expect(await page.locator("[aria-invalid=true]").count()).toBe(2);

  await username.fill("ada");
  expect(await username.getAttribute("aria-invalid")).not.toBe("true");
  await password.fill("11111111111");
  await password.press("Enter");
  await page.locator("input[name=password][aria-invalid=true]:focus").waitFor();
  const words = await descriptionOf(page, password);
  for (const rule of [/too short|at least/i, /digits/i]) expect(words).toMatch(rule);
  expect(await username.inputValue()).toBe("ada");
  expect(person.complaints).toEqual(["422 POST /api/v1/auth/signup"]);
});

journey("the rules of a password are told as they are met", async () => {
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/signup");
  const rules = page.getByRole("list", { name: "Rules for the password" });
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("12345678901234");
  await rules.getByText("Not only digits: not met yet").waitFor();
  await rules.getByText(/^At least 12 characters.*: met$/).waitFor();
  await password.fill("eleven 1");
  await rules.getByText("Not only digits: met").waitFor();
  await rules.getByText(/^At least 12 characters.*: not met yet$/).waitFor();
});
