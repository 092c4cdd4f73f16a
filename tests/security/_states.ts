/**
 * Accounts in every state that an answer could tell apart.
 *
 * @module
 */

import { type Deployment, freshName, GOOD_PASSWORD } from "../support/deployment.ts";
import { AUTH } from "./_acts.ts";

/** What there can be behind a name. */
export const STATES = ["unknown", "verified", "unverified", "blocked", "legacy"] as const;

/** What there is behind a name. */
export type State = (typeof STATES)[number];

/** Somebody who may have an account. */
export interface Person {
  readonly state: State;
  readonly username: string;
  readonly email: string;
}

/** A hash as Django stores it, of `seven green kettles` where it has its own 1000 iterations. */
export function djangoHash(iterations = 1_000): string {
  const digest = "0dm2dT2+F0PJflDWPwc+yg7+lwKUmZHiFi1bODLBhk8=";
  return `pbkdf2_sha256$${iterations}$Ci4QWrDq2QeoDur2wt89JW$${digest}`;
}

/** Makes somebody in a state. No password is right but `GOOD_PASSWORD`, and of the legacy ones none. */
export async function makePerson(deployment: Deployment, state: State): Promise<Person> {
  const username = freshName();
  const email = `${username}@example.com`;
  if (state === "unknown") return { state, username, email };
  if (state === "unverified") {
    const body = { email, username, password: GOOD_PASSWORD };
    const answer = await deployment.visitor().post(`${AUTH}/signup`, body);
    if (answer.status !== 202) throw new Error(`Cannot sign up: ${answer.text}`);
    return { state, username, email };
  }
  const { id } = await deployment.newAccount({ username, email });
  if (state === "legacy") {
    deployment.sql("UPDATE users SET password_hash = ? WHERE id = ?", djangoHash(), Number(id));
  }
  if (state === "blocked") {
    deployment.sql("UPDATE users SET blocked_at = 1 WHERE id = ?", Number(id));
  }
  return { state, username, email };
}

/** Makes somebody in each state. */
export async function makePeople(deployment: Deployment): Promise<readonly Person[]> {
  return await Promise.all(STATES.map((state) => makePerson(deployment, state)));
}
