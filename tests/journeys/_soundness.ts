/**
 * What every page owes to whoever looks at it, at every width and in either scheme.
 *
 * @module
 */

import { expect } from "bun:test";
import { source as AXE } from "axe-core";
import type { CDPSession, Page } from "playwright-core";
import type { Scheme } from "./_person.ts";
import { keepScreenshot } from "./_screenshots.ts";

/** The narrowest phone (WCAG 2.2, 1.4.10), a tablet and a desk, CSS pixels. */
const WIDTHS_PX = [320, 768, 1_440] as const;

const SCHEMES: readonly Scheme[] = ["light", "dark"];

const HEIGHT_PX = 900;

/** How far a page reaches beyond the window, CSS pixels. */
const OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Everything that axe finds, however small, as text. A mail's frame is the mail's affair. */
const FIND = `axe.run(document, { iframes: false }).then(({ violations }) => violations.flatMap(
  ({ id, impact, nodes }) => nodes.map(({ target }) => [id, impact, target].join(" "))))`;

/**
 * Fails where a page scrolls sideways, or axe finds anything from minor to critical, in either
 * scheme. The page must hold still: colours that are on their way to others have no contrast to tell.
 */
export async function expectSound(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const contextId = await loadAxe(session);
  const faults: string[] = [];
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: HEIGHT_PX });
      const overhang = await page.evaluate<number>(OVERHANG);
      if (overhang > 0) faults.push(`${scheme} ${width}: ${overhang} px beyond the window`);
      const found = (await evaluate(session, FIND, contextId)) as string[];
      faults.push(...found.map((fault) => `${scheme} ${width}: ${fault}`));
      await keepScreenshot(page, `${name}_${width}_${scheme}`);
    }
  }
  await session.detach();
  expect(faults).toEqual([]);
}

/** Loads axe into a world of its own: it sees the page, and the page's policy does not bind it. */
async function loadAxe(session: CDPSession): Promise<number> {
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  await evaluate(session, `${AXE};0`, executionContextId);
  return executionContextId;
}

async function evaluate(
  session: CDPSession,
  expression: string,
  contextId: number,
): Promise<unknown> {
  const options = { expression, contextId, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", options);
  if (exceptionDetails !== undefined) {
    throw new Error(`axe broke: ${exceptionDetails.exception?.description ?? "no reason"}`);
  }
  return result.value;
}
