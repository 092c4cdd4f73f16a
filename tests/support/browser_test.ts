import { expect, test } from "bun:test";
import { CHROMIUM, openBrowser } from "./browser.ts";

test.skipIf(CHROMIUM === undefined)("openBrowser() gives a browser that runs a page", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.setContent("<title>Gate</title>");
  expect(await page.title()).toBe("Gate");
  await browser.close();
});
