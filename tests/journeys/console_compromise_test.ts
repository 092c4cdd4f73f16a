/**
 * A key that others may know, dropped in the console's page. Alone in its file: it ends what hangs on the
 * key, whoever's that is.
 *
 * @module
 */

import { expect } from "bun:test";
import { join, startConversation } from "../support/chat_room.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";
import { answer, jump, seeArea } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const ME = "/api/v1/auth/me";

/** What a socket is closed with when its session ends. */
const SESSION_ENDED = 4001;

journey(
  "a compromised key ends exactly the sessions that the preview counts, and their sockets",
  async () => {
    const { deployment } = stage();
    const [early, late] = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
    const conversation = await startConversation(early, [late]);
    const second = await deployment.signIn(early);
    await using lost = await join(deployment, conversation, { browser: early.browser });
    const since = Date.now();
    expect((await deployment.admin("rotate", "signing")).exitCode).toBe(0);
    await untilKeysLearnt(deployment, since);
    // Whoever refreshes, or signs in by now, hangs on the new key.
    expect((await late.browser.post("/api/v1/auth/refresh")).status).toBe(200);
    await using kept = await join(deployment, conversation, { browser: late.browser });
    await using paired = await pair(stage());
    const { page } = paired.console;
    const [old] = deployment.sql<{ id: string }>(
      "SELECT id FROM keys WHERE ring = 'signing' AND state = 'previous'",
    );
    await seeArea(page, "Home");
    await jump(page, "k", "Secrets");
    await page.getByRole("button", { name: `The key ${old?.id} is compromised` }).click();
    const dialog = page.getByRole("dialog");
    const preview = dialog.getByRole("status").filter({ hasText: "This would end" });
    await preview.getByText("2", { exact: true }).first().waitFor();
    const counts = await preview.locator("dl > div").allTextContents();
    expect(counts).toEqual(["2sessions", "2tokens", "1open connections", "0consoles"]);
    await dialog.getByLabel("Type compromised to go on").fill("compromised");
    await answer(page, "Drop the key now");
    await dialog.getByRole("heading", { name: "This ended" }).waitFor();
    for (const row of ["sessions 2 2", "tokens 2 2", "open connections 1 1", "consoles 0 0"]) {
      await dialog.getByRole("row", { name: row, exact: true }).waitFor();
    }
    await dialog.getByText("Exactly what the preview said.").waitFor();
    expect(await lost.closed).toBe(SESSION_ENDED);
    for (const browser of [early.browser, second]) expect((await browser.get(ME)).status).toBe(401);
    expect((await late.browser.get(ME)).status).toBe(200);
    kept.send({ type: "message", id: crypto.randomUUID(), text: "still here" });
    await kept.until(({ type, text }) => type === "message" && text === "still here");
    await answer(page, "Close");
    const line = page.getByRole("row").filter({ hasText: old?.id ?? "" });
    await line.getByText("retired", { exact: true }).waitFor();
    await page.getByText("Signing: a key was dropped as compromised").waitFor();
  },
);
