import { expect } from "bun:test";
import { freshName } from "../support/deployment.ts";
import { journey, setStage } from "./_stage.ts";
import { fill, press, seeHeading, seeNote } from "./_steps.ts";

const stage = setStage();

journey(
  "the operator's link makes an owner, who is told of a password that is too short",
  async () => {
    const { deployment } = stage();
    const [link] = (await deployment.admin("create-owner", "--json")).objects();
    // The server took a free port, which the operator's command does not know.
    const { hash, pathname } = new URL(String(link?.["setup_url"]));
    await using person = await stage().person();
    const { page } = person;
    await page.goto(`${pathname}${hash}`);
    await seeHeading(page, "Set up this server");
    expect(page.url()).not.toContain("#");
    const username = freshName();
    await fill(page, {
      Email: `${username}@example.com`,
      Username: username,
      Password: "short one",
    });
    await press(page, "Become an owner");
    await page.locator("[aria-invalid=true]").first().waitFor();
    await fill(page, { Password: "eleven blue boats" });
    await press(page, "Become an owner");
    await page.waitForURL("**/dashboard");
    await seeNote(page, "You are an owner of this server");
    await seeHeading(page, `Hello, ${username}`);
    expect(person.complaints).toEqual(["422 POST /setup"]);
    const shown = (await deployment.admin("users", "show", username, "--json")).objects();
    expect(shown[0]).toMatchObject({ role: "owner" });
  },
);
