/**
 * Every page in both colours: nothing in the console, nothing against the policy, nothing that axe
 * finds, and no sideways scrolling on the narrowest phone.
 *
 * @module
 */

import { expect } from "bun:test";
import { source as AXE } from "axe-core";
import type { Page } from "playwright-core";
import type { Person, Scheme } from "./_person.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import { seeHeading, signIn } from "./_steps.ts";

const stage = setStage();

const STRANGER_PAGES = [
  ["/login", "Sign in"],
  ["/signup", "Create an account"],
  ["/forgot-password", "Forgotten password"],
] as const;

const OWN_PAGES = ["/dashboard", "/account", "/api/v1/docs"] as const;

const SCHEMES: readonly Scheme[] = ["light", "dark"];

/** The narrowest phone and a desk, CSS pixels. */
const WIDTHS_PX = [320, 1440];

for (const scheme of SCHEMES) {
  journey(`a stranger's pages are sound in ${scheme} colours`, async () => {
    await using person = await stage().person({ scheme });
    for (const [path, heading] of STRANGER_PAGES) {
      await person.page.goto(path);
      await seeHeading(person.page, heading);
      await expectSound(person, `${path.slice(1)}_${scheme}`);
    }
    expect(person.complaints).toEqual([]);
  });

  journey(`a user's own pages are sound in ${scheme} colours`, async () => {
    const account = await stage().deployment.newAccount();
    await using person = await stage().person({ scheme });
    await person.page.goto("/login");
    await signIn(person.page, account.username, account.password);
    await person.page.waitForURL("**/dashboard");
    for (const path of OWN_PAGES) {
      await person.page.goto(path);
      await person.page.getByRole("heading", { level: 1 }).first().waitFor();
      await person.page.waitForLoadState("networkidle");
      await expectSound(person, `${path.replaceAll("/", "_")}_${scheme}`);
    }
    expect(person.complaints).toEqual([]);
  });
}

journey("a page that is not there says so, with 404", async () => {
  await using person = await stage().person();
  const answer = await person.page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await person.page.getByRole("heading", { level: 1 }).waitFor();
  await expectSound(person, "not_found");
});

async function expectSound({ page }: Person, name: string): Promise<void> {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    const overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate<number>(overhang)).toBeLessThanOrEqual(0);
    await keepScreenshot(page, `${name}_${width}`);
  }
  expect(await axeFindings(page)).toEqual([]);
}

/** Runs axe in a world of its own, where the page's policy does not reach. */
async function axeFindings(page: Page): Promise<readonly unknown[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  await session.send("Runtime.evaluate", { expression: AXE, contextId });
  const expression =
    "axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])))";
  const outcome = await session.send("Runtime.evaluate", {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(String(outcome.result.value)) as readonly unknown[];
}
