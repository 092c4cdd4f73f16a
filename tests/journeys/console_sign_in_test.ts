/**
 * An administrator lets a console in, in a browser: from the sign-in page to the first call.
 *
 * @module
 */

import { expect } from "bun:test";
import {
  asked,
  askToken,
  callProcedure,
  codeFields,
  type Fields,
  newAdmin,
  tokensIn,
} from "../support/console.ts";
import { makeConsoleKey } from "../support/console_key.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, press, seeHeading, signIn } from "./_steps.ts";

const stage = setStage();

/** Where a console waits for its answer: really, on this machine. */
interface Loopback extends AsyncDisposable {
  readonly redirectUri: string;
  /** The query of the first visit. */
  readonly visited: Promise<URLSearchParams>;
}

function openLoopback(): Loopback {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname !== "/callback") return new Response(null, { status: 204 });
      resolve(searchParams);
      const page = "<!doctype html><title>Done</title><h1>Back to the console</h1>";
      return new Response(page, { headers: { "Content-Type": "text/html" } });
    },
  });
  return {
    redirectUri: `http://127.0.0.1:${server.port}/callback`,
    visited: promise,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

function addressOf(changed: Fields = {}): string {
  return `/oauth/authorize?${new URLSearchParams(asked(changed))}`;
}

/** What a console at that place complains of: that a browser comes to it. */
function isOfLoopback({ redirectUri }: Loopback): (complaint: string) => boolean {
  return (complaint) => complaint.startsWith(`asked for ${redirectUri}`);
}

journey("sign in, allow, and the console that waits on this computer calls", async () => {
  const { deployment } = stage();
  const { account } = await newAdmin(deployment);
  await using loopback = openLoopback();
  await using person = await stage().person();
  const { page } = person;
  const { redirectUri } = loopback;
  await page.goto(addressOf({ redirect_uri: redirectUri }));
  await seeHeading(page, "Sign in");
  await signIn(page, account.username, account.password);
  await seeHeading(page, "Let this console in?");
  await page.getByText(new URL(redirectUri).host).waitFor();
  await press(page, "Allow");
  const query = await loopback.visited;
  expect(query.get("state")).toBe("kept as it is");
  expect(query.get("iss")).toBe(deployment.server.publicUrl);
  await seeHeading(page, "Back to the console");
  const key = await makeConsoleKey();
  const fields = codeFields(query.get("code") ?? "", { redirect_uri: redirectUri });
  const tokens = tokensIn(await askToken(deployment, key, { fields }));
  const call = { path: "overview.summary", isQuery: true };
  expect((await callProcedure(deployment, { key, tokens }, call)).status).toBe(200);
  expect(person.complaints.filter((it) => !isOfLoopback(loopback)(it))).toEqual([]);
});

journey("deny sends the console away, without a code", async () => {
  const { account } = await newAdmin(stage().deployment);
  await using loopback = openLoopback();
  await using person = await stage().person();
  await arriveSignedIn(person.page, account);
  await person.page.goto(addressOf({ redirect_uri: loopback.redirectUri }));
  await press(person.page, "Deny");
  const query = await loopback.visited;
  expect([query.get("error"), query.get("code")]).toEqual(["access_denied", null]);
});

journey("not you? somebody else signs in, and is asked instead", async () => {
  const { deployment } = stage();
  const [first, second] = [await newAdmin(deployment), await newAdmin(deployment, "auditor")];
  await using person = await stage().person();
  const { page } = person;
  await arriveSignedIn(page, first.account);
  await page.goto(addressOf());
  await page.getByText(`signed in here as ${first.account.username}`).waitFor();
  await page.getByRole("link", { name: "Sign in as somebody else" }).click();
  await signIn(page, second.account.username, second.account.password);
  await page.getByText(`signed in here as ${second.account.username}`).waitFor();
  expect(person.complaints).toEqual([]);
});

journey("who was let in before, and signed out meanwhile, is led to sign in and back", async () => {
  const { account } = await newAdmin(stage().deployment);
  await using person = await stage().person();
  const { page } = person;
  await arriveSignedIn(page, account);
  await page.goto(addressOf());
  await seeHeading(page, "Let this console in?");
  await page.context().clearCookies();
  await press(page, "Allow");
  await seeHeading(page, "Sign in");
  await signIn(page, account.username, account.password);
  await seeHeading(page, "Let this console in?");
});

journey("prompt=login asks for the password again, though somebody is signed in", async () => {
  const { account } = await newAdmin(stage().deployment);
  await using person = await stage().person();
  const { page } = person;
  await arriveSignedIn(page, account);
  await page.goto(addressOf({ prompt: "login" }));
  await seeHeading(page, "Sign in");
  await page.getByText("Sign in again to go on").waitFor();
  expect(await page.getByRole("link", { name: /Continue/ }).count()).toBe(0);
  await signIn(page, account.username, account.password);
  await seeHeading(page, "Let this console in?");
  expect(person.complaints).toEqual([]);
});

journey(
  "an answer counts for whom the page showed, though another signed in meanwhile",
  async () => {
    const { deployment } = stage();
    const [first, second] = [await newAdmin(deployment), await newAdmin(deployment, "auditor")];
    await using person = await stage().person();
    const { context, page } = person;
    await arriveSignedIn(page, first.account);
    await page.goto(addressOf());
    await page.getByText(`signed in here as ${first.account.username}`).waitFor();
    const other = await context.newPage();
    await other.goto("/login");
    await signIn(other, second.account.username, second.account.password);
    await seeHeading(other, `Hello, ${second.account.username}`);
    await press(page, "Allow");
    await page.getByText(`signed in here as ${second.account.username}`).waitFor();
    expect(person.complaints).toEqual(["409 POST /oauth/authorize"]);
  },
);
