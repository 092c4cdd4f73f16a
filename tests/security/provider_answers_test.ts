/**
 * Answers that are no good by themselves: bent, doubled, or of another issuer.
 *
 * @see RFC 6749, section 3.1; RFC 9207
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
  visit,
} from "./_provider_visits.ts";

let stage: ProviderStage;

beforeAll(async () => {
  stage = await openProviderStage();
});

afterAll(async () => {
  await stage.close();
});

const MISMATCH = "302 /login?error=state_mismatch";

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get(`${AUTH}/me`)).status === 200;
}

/** With a change to the query of the callback. */
function bent(path: string, change: (query: URLSearchParams) => void): string {
  const url = new URL(path, "http://localhost");
  change(url.searchParams);
  return `${url.pathname}${url.search}`;
}

test("an answer that says something twice is told on a page, and signs nobody in (parameter pollution)", async () => {
  newPerson(stage);
  const ends: Record<string, string> = {};
  for (const name of ["state", "code", "error", "iss"]) {
    const visitor = stage.deployment.visitor();
    const path = await visit(stage, visitor);
    const query = new URL(path, "http://localhost").searchParams;
    // Also where both are the same.
    const more = query.get(name) ?? "access_denied";
    const twice = `${path}&${name}=${encodeURIComponent(more)}&${name}=${encodeURIComponent(more)}`;
    ends[name] = leadsTo(await visitor.get(twice));
    // The state was spent by the attempt, but where it could not be told which it is.
    const again = leadsTo(await visitor.get(path));
    expect(again).toBe(name === "state" ? "302 /dashboard" : MISMATCH);
  }
  expect(ends).toEqual({
    state: MISMATCH,
    code: "302 /login?error=provider_error",
    error: "302 /login?error=provider_error",
    iss: MISMATCH,
  });
  const visitor = stage.deployment.visitor();
  const long = `${await visit(stage, visitor)}&error=${"x".repeat(5_000)}`;
  expect(leadsTo(await visitor.get(long))).toBe("302 /login?error=provider_error");
  expect(await isSignedIn(visitor)).toBe(false);
});

test("a refusal of another issuer is none of the provider's (mix-up)", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  async function refusedBy(issuer: string | null, error = "access_denied"): Promise<string> {
    const path = bent(await visit(stage, visitor), (query) => {
      query.delete("code");
      query.set("error", error);
      query.delete("iss");
      if (issuer !== null) query.set("iss", issuer);
    });
    return leadsTo(await visitor.get(path));
  }
  // The peer promises its name in every answer, so that none is wrong too.
  for (const issuer of ["https://evil.example", `${stage.peer.issuer}/`, "", null]) {
    expect(await refusedBy(issuer)).toBe(MISMATCH);
    expect(await refusedBy(issuer, "server_error")).toBe(MISMATCH);
  }
  expect(await refusedBy(stage.peer.issuer)).toBe("302 /login?error=access_denied");
  expect(await refusedBy(stage.peer.issuer, "server_error")).toBe(
    "302 /login?error=provider_error",
  );
});
