/**
 * Providers with whom something is in the way, in a browser: GitHub Enterprise, a provider that posts its
 * answer, one that is denied, one that is down, one that took its tokens back, and an account that was
 * prepared by somebody else.
 *
 * @module
 */

import { afterAll, expect } from "bun:test";
import type { Page } from "playwright-core";
import { startGithubPeer } from "../support/github_peer.ts";
import { type OidcPeer, startOidcPeer } from "../support/oidc_peer.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading, signIn } from "./_steps.ts";

const clientSecret = "journey-secret";
const acme = await startOidcPeer({ clientSecret });
const posting = await startOidcPeer({ clientSecret, answersByPost: true });
const fading = await startOidcPeer({ clientSecret });
const github = await startGithubPeer();

const PEERS: Readonly<Record<string, OidcPeer>> = { acme, posting, fading };

const stage = setStage({
  env: {
    ...Object.fromEntries(Object.entries(PEERS).flatMap(([id, peer]) => variablesOf(id, peer))),
    GITHUB_URL: github.origin,
    GITHUB_CLIENT_ID: github.clientId,
    GITHUB_CLIENT_SECRET: github.clientSecret,
  },
});

afterAll(async () => {
  await Promise.all([acme, posting, fading, github].map((peer) => peer.close()));
});

function variablesOf(id: string, peer: OidcPeer): readonly (readonly [string, string])[] {
  const prefix = `OIDC_${id.toUpperCase()}`;
  return [
    [`${prefix}_ISSUER`, peer.issuer],
    [`${prefix}_CLIENT_ID`, peer.clientId],
    [`${prefix}_CLIENT_SECRET`, peer.clientSecret],
  ];
}

/** Somebody at a peer, whose page asks who it is. */
function settle(id: string, sub: string, email = `${sub}@people.example`): void {
  const peer = PEERS[id];
  peer?.allow(`${stage().deployment.server.publicUrl}/accounts/${id}/login/callback`);
  peer?.people.set(sub, { sub, email, email_verified: true, name: `Robin ${sub}` });
}

/** Goes to a provider from the page that is shown, and answers there. */
async function goBy(page: Page, name: string, as: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole("link", { name: `Continue with ${name}` }).click();
  await fill(page, as);
}

journey("somebody signs up by GitHub Enterprise, and comes back", async () => {
  github.users.set("octo", {
    id: 583_231,
    login: "octo",
    name: "Mona Lisa Octocat",
    emails: [
      { email: "octo@people.example", primary: true, verified: true, visibility: "private" },
      { email: "old@people.example", primary: false, verified: true, visibility: null },
    ],
  });
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/signup");
  await goBy(page, "GitHub", { Username: "octo" });
  await press(page, "Authorize");
  await seeHeading(page, /^Hello/);
  await page.goto("/account");
  await page.getByRole("button", { name: "Unlink GitHub" }).waitFor();
  await page.getByText("octo@people.example").first().waitFor();
  await press(page, "Sign out");
  await seeHeading(page, "Sign in");
  await page.getByText("You used GitHub last time").waitFor();
  await goBy(page, "GitHub", { Username: "octo" });
  await press(page, "Authorize");
  await seeHeading(page, /^Hello/);
  const users = stage().deployment.sql("SELECT id FROM users WHERE email = 'octo@people.example'");
  expect(users).toHaveLength(1);

  await press(page, "Sign out");
  await seeHeading(page, "Sign in");
  await goBy(page, "GitHub", { Username: "octo" });
  await press(page, "Cancel");
  await page.getByRole("alert").getByText("You did not let GitHub sign you in here.").waitFor();
});

journey("an answer that another site posts finds the browser that began (form_post)", async () => {
  settle("posting", "apple");
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login?next=%2Faccount");
  await goBy(page, "Posting", { Account: "apple" });
  await press(page, "Allow");
  await seeHeading(page, "Account");
  await page.getByRole("button", { name: "Unlink Posting" }).waitFor();
  // The address bar keeps nothing of it, and going back does not sign in again.
  expect(new URL(page.url()).search).toBe("");
  const cookies = await person.context.cookies();
  expect(cookies.every(({ sameSite }) => sameSite === "Lax")).toBe(true);
});

journey("whoever says no at the provider is told that nothing has changed", async () => {
  settle("acme", "denier");
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login");
  await goBy(page, "Acme", { Account: "denier" });
  await press(page, "Deny");
  await page.getByRole("alert").getByText("You did not let Acme sign you in here.").waitFor();
  await expectSound(page, "login_denied");

  const account = await stage().deployment.newAccount();
  await signIn(page, account.username, account.password);
  await seeHeading(page, `Hello, ${account.username}`);
  await page.goto("/account");
  await press(page, "Link Acme");
  await fill(page, { Account: "denier" });
  await press(page, "Deny");
  await seeHeading(page, "Account");
  await page.getByRole("alert").getByText("You did not let Acme go on.").waitFor();
  await expectSound(page, "account_denied");
});

journey("a provider that is down is said to be, and nobody is sent there", async () => {
  settle("fading", "fay");
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login");
  await goBy(page, "Fading", { Account: "fay" });
  await press(page, "Allow");
  await seeHeading(page, /^Hello/);
  await press(page, "Sign out");
  await seeHeading(page, "Sign in");

  await fading.goDown();
  const begin = () => stage().deployment.visitor().get("/accounts/fading/login");
  // It may have been seen a moment ago.
  while (!(await begin()).headers.get("location")?.startsWith("/login?error="))
    await Bun.sleep(100);
  await page.getByRole("link", { name: "Continue with Fading" }).click();
  await page.getByRole("alert").getByText("Fading cannot be reached").waitFor();
  expect(new URL(page.url()).origin).toBe(stage().deployment.server.publicUrl);
  await expectSound(page, "login_provider_down");
  const account = await stage().deployment.newAccount();
  await signIn(page, account.username, account.password);
  await seeHeading(page, `Hello, ${account.username}`);
  await page.goto("/account");
  await press(page, "Link Fading");
  await page.getByText("The provider cannot be reached").waitFor();

  fading.comeBack();
  await press(page, "Link Fading");
  await fill(page, { Account: "fay" });
  await press(page, "Allow");
  await page.getByRole("alert").getByText("linked to another account here").waitFor();
});

journey(
  "the true owner of an address takes the account that somebody prepared for it",
  async () => {
    const account = await stage().deployment.newAccount();
    await using attacker = await stage().person({ isStill: true });
    await arriveSignedIn(attacker.page, account);
    // As accounts are that came from elsewhere, and never proved their address.
    stage().deployment.sql("UPDATE users SET email_verified = 0 WHERE id = ?", account.id);
    settle("acme", "owner", account.email);
    await using owner = await stage().person({ isStill: true });
    await owner.page.goto("/login");
    await goBy(owner.page, "Acme", { Account: "owner" });
    await press(owner.page, "Allow");
    await seeHeading(owner.page, `Hello, ${account.username}`);
    await owner.page.goto("/account");
    await owner.page.getByRole("button", { name: "Unlink Acme" }).waitFor();
    await attacker.page.goto("/account");
    await seeHeading(attacker.page, "Sign in");
    await signIn(attacker.page, account.username, account.password);
    await attacker.page.getByRole("alert").waitFor();
    await seeHeading(attacker.page, "Sign in");
  },
);

journey("an account whose tokens the provider took back is reconnected", async () => {
  settle("acme", "revoked");
  // Due at once, so that the next to ask for one has it refreshed.
  acme.tamper("/token", async (answer) => {
    const json = (await answer.json()) as Record<string, unknown>;
    const { status } = answer;
    return Response.json("access_token" in json ? { ...json, expires_in: 60 } : json, { status });
  });
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login");
  await goBy(page, "Acme", { Account: "revoked" });
  await press(page, "Allow");
  await seeHeading(page, /^Hello/);
  await acme.revokeAll();
  expect(await askForToken(page)).toBe(502);
  await page.goto("/account");
  await page.getByText("Not connected").waitFor();
  await page.getByText("Acme has taken back what it allowed here.").waitFor();
  await expectSound(page, "account_reconnect");
  await press(page, "Reconnect Acme");
  await fill(page, { Account: "revoked" });
  await press(page, "Allow");
  await seeHeading(page, "Account");
  await page.getByText("Your Acme account is linked").waitFor();
  await page.getByText("Not connected").waitFor({ state: "detached" });
  expect(await askForToken(page)).toBe(200);
});

/** Asks for the provider's token of the one account that is linked, as the user's own code would. */
async function askForToken(page: Page): Promise<number> {
  return await page.evaluate<number>(`(async () => {
    const { items } = await (await fetch("/api/v1/auth/accounts")).json();
    return (await fetch("/api/v1/auth/accounts/" + items[0].id + "/token")).status;
  })()`);
}
