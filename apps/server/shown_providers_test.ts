import { expect, test } from "bun:test";
import type { ProviderWithSecret } from "@postern/auth";
import { epochMs } from "@postern/std";
import { createShownProviders } from "./shown_providers.ts";

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

test("read() tells of those that are switched on, and no more than a button needs", async () => {
  const all = [provider({}), provider({ id: "off", isEnabled: false })];
  expect(await createShownProviders({ listProviders: async () => all }).read()).toEqual([
    { id: "acme", kind: "oidc", name: "Acme", login_url: "/accounts/acme/login" },
  ]);
});

test("read() asks the store once, and again after forget() or a failure", async () => {
  let [asked, isAway] = [0, false];
  const shown = createShownProviders({
    async listProviders() {
      asked += 1;
      if (isAway) throw new Error("away");
      return [provider({ name: `Reading ${asked}` })];
    },
  });
  const name = async () => (await shown.read())[0]?.name;
  expect(new Set(await Promise.all([name(), name(), name()]))).toEqual(new Set(["Reading 1"]));
  isAway = true;
  expect(await name()).toBe("Reading 1");
  shown.forget();
  await expect(Promise.all([shown.read(), shown.read()])).rejects.toThrow("away");
  isAway = false;
  expect([await name(), asked]).toEqual(["Reading 3", 3]);
});

test("a reading that began before forget() is not kept (race)", async () => {
  const readings: PromiseWithResolvers<ProviderWithSecret[]>[] = [];
  const shown = createShownProviders({
    listProviders() {
      const reading = Promise.withResolvers<ProviderWithSecret[]>();
      readings.push(reading);
      return reading.promise;
    },
  });
  const before = shown.read();
  shown.forget();
  const after = shown.read();
  readings[1]?.resolve([provider({ name: "New" })]);
  await after;
  readings[0]?.resolve([provider({ name: "Old" })]);
  await before;
  expect((await shown.read())[0]?.name).toBe("New");
});
