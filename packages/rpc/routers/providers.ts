/**
 * Providers: made, edited, switched, tested, and taken away.
 *
 * @module
 */

import {
  createProvider,
  deleteProvider,
  type ProviderKind,
  replaceProviderSecret,
  setProviderEnabled,
  testProvider,
  updateProvider,
} from "@postern/auth";
import { type EpochMs, epochMs } from "@postern/std";
import {
  adminProvider,
  createProviderInput,
  deleteProviderInput,
  enableProviderInput,
  pageOf,
  providerInput,
  providerTest,
  replaceSecretInput,
  updateProviderInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { permit, permitFresh, router } from "../procedure.ts";
import { refused, unwrap } from "../refused.ts";
import { providerShape } from "../shapes.ts";

const ISSUERS: Readonly<Partial<Record<ProviderKind, string>>> = {
  google: "https://accounts.google.com",
  github: "https://github.com",
};

/** The area. */
export const providers = router({
  list: permit("providers.read")
    .output(pageOf(adminProvider))
    .query(async ({ ctx }) => {
      const { store } = ctx.deps;
      const [found, health] = await Promise.all([
        store.listProviders(),
        store.listProviderHealth(),
      ]);
      const items = found.map((provider) =>
        providerShape(
          provider,
          health.find((one) => one.providerId === provider.id),
        ),
      );
      return { items, next: null };
    }),
  create: permitFresh("providers.edit")
    .input(createProviderInput)
    .output(adminProvider)
    .mutation(async ({ ctx, input }) => {
      const issuer = input.issuer ?? ISSUERS[input.kind];
      if (issuer === undefined) throw withoutIssuer();
      const command = {
        id: input.id,
        kind: input.kind,
        name: input.name,
        issuer,
        clientId: input.client_id,
        clientSecret: input.client_secret,
        scopes: ctx.deps.completeProvider({ ...input, issuer }).scopes,
        source: "console",
      } as const;
      unwrap(await createProvider(ctx.deps, ctx.actor, command));
      return await show(ctx.deps, input.id);
    }),
  update: permit("providers.edit")
    .input(updateProviderInput)
    .output(adminProvider)
    .mutation(async ({ ctx, input }) => {
      const { client_id: clientId, expected, force: isForced, ...rest } = input;
      const command = { ...rest, clientId, expected: versionOf(expected), isForced };
      unwrap(await updateProvider(ctx.deps, ctx.actor, command));
      return await show(ctx.deps, input.id);
    }),
  setEnabled: permit("providers.edit")
    .input(enableProviderInput)
    .output(adminProvider)
    .mutation(async ({ ctx, input }) => {
      const expected = versionOf(input.expected);
      const { id, enabled: isEnabled, force: isForced } = input;
      const command = { id, isEnabled, expected, isForced };
      unwrap(await setProviderEnabled(ctx.deps, ctx.actor, command));
      return await show(ctx.deps, input.id);
    }),
  replaceSecret: permitFresh("providers.edit")
    .input(replaceSecretInput)
    .output(adminProvider)
    .mutation(async ({ ctx, input }) => {
      const expected = versionOf(input.expected);
      const command = { id: input.id, clientSecret: input.client_secret, expected };
      unwrap(await replaceProviderSecret(ctx.deps, ctx.actor, command));
      return await show(ctx.deps, input.id);
    }),
  test: permit("providers.edit")
    .input(providerInput)
    .output(providerTest)
    .mutation(async ({ ctx, input }) => {
      const { ok, checks } = unwrap(await testProvider(ctx.deps, ctx.actor, input));
      return { ok, checks: [...checks] };
    }),
  delete: permitFresh("providers.delete")
    .input(deleteProviderInput)
    .output(providerInput)
    .mutation(async ({ ctx, input }) => {
      const command = { id: input.id, isForced: input.force };
      unwrap(await deleteProvider(ctx.deps, ctx.actor, command));
      return { id: input.id };
    }),
});

function withoutIssuer() {
  const detail = "Name the issuer of an OpenID provider";
  const error = { path: "issuer", code: "invalid_request", detail } as const;
  return refused("invalid_request", `issuer: ${detail}`, [error]);
}

async function show({ store }: AdminDeps, id: string) {
  const provider = await store.findProvider(id);
  if (provider === null) throw refused("not_found");
  const health = (await store.listProviderHealth()).find((one) => one.providerId === id);
  return providerShape(provider, health);
}

/** When the provider was edited last, as it was shown. What is no version of ours is nobody's. */
function versionOf(text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  return epochMs(/^\d{1,15}$/.test(text) ? Number(text) : 0);
}
