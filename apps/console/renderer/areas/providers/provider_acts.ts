/**
 * What can be done with providers.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { ProviderRow } from "../../calls/shapes.ts";

/** A provider as it is typed. */
export interface ProviderDraft {
  readonly id: string;
  readonly kind: ProviderRow["kind"];
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
}

/** Adds one. */
export async function createProvider(draft: ProviderDraft): Promise<Acted<ProviderRow>> {
  const issuer = draft.issuer.trim();
  const scopes = wordsOf(draft.scopes);
  const input = {
    id: draft.id.trim(),
    kind: draft.kind,
    name: draft.name.trim(),
    client_id: draft.clientId.trim(),
    client_secret: draft.clientSecret.trim(),
    ...(issuer === "" ? {} : { issuer }),
    ...(scopes.length === 0 ? {} : { scopes }),
  };
  return await reloading(
    act(`Add the provider ${input.name}`, () => api.providers.create.mutate(input)),
  );
}

/** A provider as it is now. */
export async function findProvider(id: string): Promise<ProviderRow | undefined> {
  return (await api.providers.list.query()).items.find((provider) => provider.id === id);
}

/** Changes what is not secret of one. */
export async function updateProvider(
  { id, name, version: expected }: ProviderRow,
  draft: Pick<ProviderDraft, "name" | "issuer" | "clientId" | "scopes">,
): Promise<Acted<ProviderRow>> {
  const input = {
    id,
    name: draft.name.trim(),
    issuer: draft.issuer.trim(),
    client_id: draft.clientId.trim(),
    scopes: [...wordsOf(draft.scopes)],
    expected,
  };
  return await reloading(
    act(`Change the provider ${name}`, () => api.providers.update.mutate(input)),
  );
}

/** Replaces the secret of one. */
export async function replaceSecret(
  { id, name, version: expected }: ProviderRow,
  secret: string,
): Promise<Acted<ProviderRow>> {
  const input = { id, client_secret: secret.trim(), expected };
  return await reloading(
    act(`Replace the secret of ${name}`, () => api.providers.replaceSecret.mutate(input)),
  );
}

/** Switches one on or off. `force`: also where it is an administrator's only way in. */
export async function setEnabled(
  { id, name, version: expected }: ProviderRow,
  { enabled, force }: { readonly enabled: boolean; readonly force: boolean },
): Promise<Acted<ProviderRow>> {
  const title = enabled ? `Let people in by ${name}` : `Let nobody in by ${name}`;
  return await reloading(
    act(title, () => api.providers.setEnabled.mutate({ id, enabled, expected, force })),
  );
}

/** Tests one: discovery, keys, clock, and whether it takes our secret. */
export async function testProvider({ id, name }: ProviderRow) {
  return await reloading(act(`Test ${name}`, () => api.providers.test.mutate({ id })));
}

/** Takes one away. @param force Also where it is somebody's only way in. */
export async function deleteProvider(
  { id, name }: ProviderRow,
  force: boolean,
): Promise<Acted<unknown>> {
  return await reloading(
    act(`Delete the provider ${name}`, () => api.providers.delete.mutate({ id, force })),
  );
}

async function reloading<T>(acting: Promise<Acted<T>>): Promise<Acted<T>> {
  const done = await acting;
  await reloadArea("providers", "overview", "audit");
  return done;
}

function wordsOf(text: string): readonly string[] & string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
