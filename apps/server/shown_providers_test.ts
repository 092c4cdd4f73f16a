import { expect, test } from "bun:test";
import type { ProviderWithSecret } from "@postern/auth";
import { epochMs } from "@postern/std";
import { shownProviders } from "./shown_providers.ts";

function provider(given: Partial<ProviderWithSecret>): ProviderWithSecret {
  return {
    id: "acme",
    kind: "oidc",
    name: "Acme",
    issuer: "https://id.acme.example",
    clientId: "client-1",
    scopes: ["openid"],
    isEnabled: true,
    leaving: null,
    source: "env",
    createdAt: epochMs(0),
    updatedAt: epochMs(0),
    sealedSecret: "sealed",
    sealedPreviousSecret: null,
    ...given,
  };
}

test("shownProviders() tells of those that are switched on, and no more than a button needs", async () => {
  const all = [provider({}), provider({ id: "off", isEnabled: false })];
  expect(await shownProviders({ listProviders: async () => all })).toEqual([
    { id: "acme", kind: "oidc", name: "Acme", login_url: "/accounts/acme/login" },
  ]);
});
