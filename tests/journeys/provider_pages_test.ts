/**
 * Signing up, signing in, linking and unlinking by providers, in a browser.
 *
 * @module
 */

import { afterAll, expect } from "bun:test";
import { startOidcPeer } from "../support/oidc_peer.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, press, seeHeading, seeNote } from "./_steps.ts";

const peer = await startOidcPeer({ clientSecret: "journey-secret" });
const client = { ID: peer.clientId, SECRET: peer.clientSecret };

const stage = setStage({
  env: {
    OIDC_ACME_ISSUER: peer.issuer,
    OIDC_ACME_CLIENT_ID: client.ID,
    OIDC_ACME_CLIENT_SECRET: client.SECRET,
    // Not Apple and Microsoft themselves, but their buttons.
    OIDC_APPLE_ISSUER: peer.issuer,
    OIDC_APPLE_CLIENT_ID: client.ID,
    OIDC_APPLE_CLIENT_SECRET: client.SECRET,
    OIDC_MICROSOFT_ISSUER: peer.issuer,
    OIDC_MICROSOFT_CLIENT_ID: client.ID,
    OIDC_MICROSOFT_CLIENT_SECRET: client.SECRET,
    GOOGLE_ISSUER: peer.issuer,
    GOOGLE_CLIENT_ID: client.ID,
    GOOGLE_CLIENT_SECRET: client.SECRET,
    GITHUB_CLIENT_ID: "github",
    GITHUB_CLIENT_SECRET: "secret",
  },
});

afterAll(async () => {
  await peer.close();
});

/** Somebody at the peer, who signs in there from now on. The journeys of this file take turns. */
function arrive(sub: string, given: { readonly email_verified?: boolean } = {}): void {
  for (const id of ["acme", "google"]) {
    peer.allow(`${stage().deployment.server.publicUrl}/accounts/${id}/login/callback`);
  }
  const email = `${sub}@people.example`;
  peer.people.set(sub, { sub, email, email_verified: true, name: `Robin ${sub}`, ...given });
  peer.signInAs(sub);
}

journey("somebody signs up, comes back, and keeps the last way in, all by a provider", async () => {
  await using person = await stage().person({ isStill: true });
  const { page } = person;
  await page.goto("/login");
  await seeHeading(page, "Sign in");
  await page.getByRole("link", { name: "Continue with Google" }).waitFor();
  await page.getByRole("link", { name: "Continue with GitHub" }).waitFor();
  await page.getByRole("link", { name: "Continue with Microsoft" }).waitFor();
  const apple = page.getByRole("link", { name: "Continue with Apple" });
  await apple.waitFor();
  // Apple's rule: the title has 43 % of the button's height.
  const share = await page.evaluate<number>(`(() => {
    const link = document.querySelector('[data-brand="apple"]');
    return Number.parseFloat(getComputedStyle(link).fontSize) / link.clientHeight;
  })()`);
  expect(share).toBeCloseTo(0.43, 1);
  await expectSound(page, "login_providers");
  await page.goto("/signup");
  await seeHeading(page, "Create an account");
  await expectSound(page, "signup_providers");

  arrive("robin");
  await page.getByRole("link", { name: "Continue with Acme" }).click();
  await seeHeading(page, /^Hello/);
  await page.goto("/account");
  await seeHeading(page, "Account");
  await page.getByRole("button", { name: "Unlink Acme" }).waitFor();
  await expectSound(page, "account_linked");
  await press(page, "Unlink Acme");
  const dialog = page.getByRole("dialog");
  await press(dialog, "Unlink");
  await dialog.getByText("This is the only way into your account.").waitFor();
  await expectSound(page, "account_last_way");
  await page.keyboard.press("Escape");

  await press(page, "Sign out");
  await seeHeading(page, "Sign in");
  await page.getByText("You used Acme last time").waitFor();
  await page.getByRole("link", { name: "Continue with Acme" }).press("Enter");
  await seeHeading(page, /^Hello/);

  // A refusal says what to do, and an account that is somebody's is not linked to another.
  arrive("sam", { email_verified: false });
  await using sam = await stage().person({ isStill: true });
  await sam.page.goto("/login");
  await sam.page.getByRole("link", { name: "Continue with Google" }).click();
  await sam.page.getByRole("alert").waitFor();
  await expectSound(sam.page, "login_unverified");

  arrive("robin");
  const account = await stage().deployment.newAccount();
  await using owner = await stage().person({ isStill: true });
  await arriveSignedIn(owner.page, account);
  await owner.page.goto("/account");
  await press(owner.page, "Link Acme");
  await owner.page.getByRole("alert").waitFor();
  await seeHeading(owner.page, "Account");
  arrive("kim");
  await press(owner.page, "Link Acme");
  await owner.page.getByRole("button", { name: "Unlink Acme" }).waitFor();
  await press(owner.page, "Unlink Acme");
  await press(owner.page.getByRole("dialog"), "Unlink");
  await seeNote(owner.page, "Acme is unlinked");
});
