import { test } from "bun:test";
import { CHROMIUM } from "../support/browser.ts";
import { answer, jump, seeArea } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { setStage } from "./_stage.ts";

const stage = setStage();

/** Alone: it holds the server still. */
const journey = test.skipIf(CHROMIUM === undefined);

journey("a check of the chain tells how far it is, is stopped, and goes on", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { server } = stage().deployment;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  process.kill(server.pid, "SIGSTOP");
  try {
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByRole("progressbar", { name: "Checked events" }).waitFor();
    await page.getByText("Beginning with the first").waitFor();
    await answer(page, "Stop");
    await page.getByText("Stopped. Beginning with the first.").waitFor();
  } finally {
    process.kill(server.pid, "SIGCONT");
  }
  await answer(page, "Check again");
  await page.getByText(/All [\d,]+ events fit/).waitFor();
});
