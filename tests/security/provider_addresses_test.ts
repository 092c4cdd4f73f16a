/**
 * What an address at a provider may do: nothing to whoever is linked already, and nothing where it is not verified.
 *
 * @see OpenID Connect Core 1.0, section 5.7
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Visitor } from "../support/deployment.ts";
import { AUTH } from "./_acts.ts";
import {
  leadsTo,
  newPerson,
  openProviderStage,
  type ProviderStage,
  signInBy,
} from "./_provider_visits.ts";

let stage: ProviderStage;

beforeAll(async () => {
  stage = await openProviderStage();
});

afterAll(async () => {
  await stage.close();
});

interface Me {
  readonly id: string;
  readonly email: string;
}

async function meOf(visitor: Visitor): Promise<Me> {
  return (await visitor.get(`${AUTH}/me`)).json as Me;
}

async function countLinked(visitor: Visitor): Promise<number> {
  const list = await visitor.get(`${AUTH}/accounts`);
  return (list.json as { items: unknown[] }).items.length;
}

test("an address that was changed at the provider moves nobody: whoever is linked stays who they are", async () => {
  const victim = await stage.deployment.newAccount();
  const person = newPerson(stage);
  const visitor = stage.deployment.visitor();
  await signInBy(stage, visitor);
  const before = await meOf(visitor);
  expect(before.email).toBe(person.email);
  for (const email of [victim.email, "moved@people.example"]) {
    stage.peer.people.set(person.sub, { sub: person.sub, email, email_verified: true });
    const again = stage.deployment.visitor();
    expect(leadsTo(await signInBy(stage, again))).toBe("302 /dashboard");
    expect(await meOf(again)).toMatchObject({ id: before.id, email: person.email });
    expect(await countLinked(again)).toBe(1);
  }
  expect(await countLinked(victim.browser)).toBe(0);
  expect((await meOf(victim.browser)).email).toBe(victim.email);
});

test("an address that somebody else's subject had before belongs to whoever is linked, not to the address", async () => {
  const first = newPerson(stage);
  const owner = stage.deployment.visitor();
  await signInBy(stage, owner);
  const { id } = await meOf(owner);
  // The provider gave the address to somebody else; not verified, it opens nothing.
  newPerson(stage, { email: first.email, email_verified: false });
  const stranger = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, stranger))).toBe("302 /login?error=email_unverified");
  stage.peer.signInAs(first.sub);
  const again = stage.deployment.visitor();
  await signInBy(stage, again);
  expect((await meOf(again)).id).toBe(id);
});

test("who came first by an unverified address of a provider has no part in the owner's account (pre-hijacking, reversed)", async () => {
  const email = "reversed@people.example";
  const attacker = newPerson(stage, { email, email_verified: false });
  const early = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, early))).toBe("302 /login?error=email_unverified");
  const owner = await stage.deployment.newAccount({ email });
  expect(await countLinked(owner.browser)).toBe(0);
  // And afterwards as before.
  stage.peer.signInAs(attacker.sub);
  const late = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, late))).toBe("302 /login?error=email_unverified");
  expect(await countLinked(owner.browser)).toBe(0);
  expect((await late.get(`${AUTH}/me`)).status).toBe(401);
});
