/**
 * Who somebody is, by GitHub's API.
 *
 * @see GitHub Docs, REST API, "Get the authenticated user" and "List email addresses for the authenticated user"
 * @module
 */

import type { Provider, ProviderAccount } from "@postern/auth";
import { ok, type Result } from "@postern/std";
import { z } from "zod";
import { emailIn, nameIn, pictureIn } from "./_claims.ts";
import { githubPlaces } from "./github_places.ts";
import type { Outgoing, OutgoingAnswer } from "./outgoing.ts";
import { callFailed, type StepFailure, statusFailed, stepFailed } from "./step_failure.ts";

const user = z.object({
  id: z.int().positive(),
  login: z.string(),
  name: z.unknown(),
  avatar_url: z.unknown(),
});

const emails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

/** Asks who a token is of. */
export async function githubAccount(
  outgoing: Outgoing,
  provider: Pick<Provider, "issuer">,
  accessToken: string,
): Promise<Result<ProviderAccount, StepFailure>> {
  const { api } = githubPlaces(provider);
  const ask = (path: string) => askApi(outgoing, `${api}${path}`, accessToken);
  const told = await ask("/user");
  if (!told.ok) return told;
  if (told.value.status !== 200) return statusFailed("account", told.value.status);
  const parsed = user.safeParse(told.value.json);
  if (!parsed.success) return stepFailed("account", "bad_answer", { why: "not a user" });
  const address = await primaryAddress(await ask("/user/emails?per_page=100"));
  if (!address.ok) return address;
  const { id, login, name, avatar_url: picture } = parsed.data;
  return ok({
    issuer: provider.issuer,
    subject: String(id),
    ...address.value,
    name: nameIn(name),
    picture: pictureIn(picture),
    login: nameIn(login),
  });
}

async function askApi(
  outgoing: Outgoing,
  url: string,
  accessToken: string,
): Promise<Result<OutgoingAnswer, StepFailure>> {
  const headers = {
    Accept: "application/vnd.github+json",
    Authorization: `Bearer ${accessToken}`,
  };
  const answer = await outgoing.send({ url, headers });
  return answer.ok ? answer : callFailed("account", answer.error);
}

/** What is answered to a token without the scope for it: an account without an address, then. */
const NOT_TOLD: ReadonlySet<number> = new Set([403, 404]);

type Address = Pick<ProviderAccount, "email" | "isEmailVerified">;

const NO_ADDRESS: Address = { email: null, isEmailVerified: false };

function primaryAddress(told: Result<OutgoingAnswer, StepFailure>): Result<Address, StepFailure> {
  if (!told.ok) return told;
  const { status, json } = told.value;
  if (NOT_TOLD.has(status)) return ok(NO_ADDRESS);
  if (status !== 200) return statusFailed("account", status);
  const parsed = emails.safeParse(json);
  if (!parsed.success) return stepFailed("account", "bad_answer", { why: "not addresses" });
  const primary = parsed.data.find((address) => address.primary);
  const email = emailIn(primary?.email);
  return ok({ email, isEmailVerified: email !== null && (primary?.verified ?? false) });
}
