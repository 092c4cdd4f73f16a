/**
 * The operation that a console wants a fresh sign-in for, as it is shown: the words are the server's own.
 *
 * @module
 */

import type { AskedOperation, AuthStore, UserId } from "@postern/auth";
import { canonicalJson } from "@postern/std";
import type { OperationFact } from "@postern/web";
import { operationWords } from "@postern/wire";

/** Puts an operation into words; a user is named, not numbered. */
export async function operationView(
  store: Pick<AuthStore, "findUser">,
  { path, input }: AskedOperation,
): Promise<{ readonly title: string; readonly facts: readonly OperationFact[] }> {
  const isOfUser = path.startsWith("users.");
  const facts: OperationFact[] = [];
  for (const [name, value] of Object.entries(input ?? {})) {
    const text = textOf(value);
    if (isOfUser && name === "id") facts.push({ name: "user", value: await userText(store, text) });
    else facts.push({ name: name.replaceAll("_", " "), value: text });
  }
  return { title: operationWords(path), facts };
}

function textOf(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : canonicalJson(value);
}

async function userText(store: Pick<AuthStore, "findUser">, id: string): Promise<string> {
  const user = /^[1-9][0-9]{0,14}$/.test(id) ? await store.findUser(Number(id) as UserId) : null;
  return user === null ? id : `${user.username} (${user.email})`;
}
