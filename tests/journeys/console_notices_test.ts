import { expect } from "bun:test";
import { eventually } from "../support/eventually.ts";
import { answer, seeArea, take } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";

/** Colours that are on their way to others have no contrast to tell. */
const STILL = { context: { reducedMotion: "reduce" } } as const;

journey("events that match a rule are told by a notification of the system, once", async () => {
  await using paired = await pair(stage(), { console: STILL });
  const { page, electron } = paired.console;
  const { deployment } = stage();
  const query = "action:failed_login";
  await seeArea(page, "Home");
  await take(page, "notif", "Notifications…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Query of events").fill("color:red");
  await answer(page, "Add the rule");
  await dialog.getByText("There is no field color here", { exact: false }).waitFor();
  await dialog.getByLabel("Query of events").fill(query);
  await dialog.getByLabel("Fewest events").fill("3");
  await dialog.getByLabel("Within minutes").fill("60");
  await answer(page, "Add the rule");
  await dialog.getByText("3 within 60 minutes").waitFor();
  await expectSound(page, "console_notices");
  await answer(page, "Close");
  // The rule follows from when its stream begins; guesses before that are none of its.
  let guesses = 0;
  await eventually("a notification is shown", async () => {
    guesses += 1;
    const guess = { identifier: `nobody${guesses}`, password: "not the password at all" };
    await deployment.visitor().post(LOGIN, guess);
    return electron.notices.length > 0;
  });
  expect(electron.notices).toHaveLength(1);
  expect(electron.notices[0]?.title).toBe("Home");
  expect(electron.notices[0]?.body).toMatch(/^([3-9]|\d\d+) new events: action:failed_login$/);
});
