/**
 * `providers`: looking at the providers, trying them, and switching them on and off.
 *
 * @module
 */

import {
  checkProvider,
  deleteProvider,
  type ProviderWithSecret,
  setProviderEnabled,
} from "@postern/auth";
import type { Command, CommandInput } from "./command.ts";
import { CommandError, endProgress, table } from "./output.ts";

/** `providers list`. */
export const listProvidersCommand: Command = {
  name: "providers list",
  usage: "",
  summary: "lists providers, with how their last check went",
  flags: {},
  async run({ core, output }) {
    const health = new Map(
      (await core.store.listProviderHealth()).map((one) => [one.providerId, one]),
    );
    const found = await core.store.listProviders();
    const rows = found.map((provider) => {
      const last = health.get(provider.id);
      const checked = last === undefined ? null : new Date(last.checkedAt).toISOString();
      return { ...shapeOf(provider), ok: last?.ok ?? null, checked_at: checked };
    });
    for (const row of rows) output.object(row);
    if (rows.length === 0) output.say("No providers. See docs/providers.md for how to add one.");
    else output.say(table(["id", "name", "issuer", "state", "last check"], rows.map(cellsOf)));
    return 0;
  },
};

/** `providers check`. */
export const checkProviderCommand: Command = {
  name: "providers check",
  usage: "<id>",
  summary: "tries a provider: discovery, keys, clock, and whether it takes our secret",
  flags: {},
  async run(input) {
    const { core, output } = input;
    const provider = await namedProvider(input);
    const deps = { ...core, sealer: core.rings.sealer };
    const { ok, checks } = await checkProvider(deps, provider);
    output.object({ id: provider.id, ok, checks });
    for (const check of checks) {
      output.say(`${check.ok ? "ok  " : "FAIL"}  ${check.name.padEnd(10)}  ${check.detail}`);
    }
    return ok ? 0 : 1;
  },
};

/** `providers enable`. */
export const enableProviderCommand: Command = {
  name: "providers enable",
  usage: "<id>",
  summary: "lets people sign in by a provider again",
  flags: {},
  run: (input) => turn(input, true),
};

/** `providers disable`. */
export const disableProviderCommand: Command = {
  name: "providers disable",
  usage: "<id>",
  summary: "takes a provider off the sign-in page; its links stay",
  flags: {},
  run: (input) => turn(input, false),
};

/** `providers delete`. */
export const deleteProviderCommand: Command = {
  name: "providers delete",
  usage: "<id> [--force]",
  summary: "takes a provider away with all its links; refused where it is somebody's only way in",
  flags: { force: "switch" },
  async run(input) {
    const { core, actor, given, output } = input;
    const { id, name } = await namedProvider(input);
    const isForced = given.flags["force"] === true;
    const onProgress = (done: number) => {
      output.progress(`Taking ${name} away: ${done.toLocaleString("en")} links are gone`);
    };
    const result = await deleteProvider({ ...core, onProgress }, actor, { id, isForced });
    endProgress();
    if (!result.ok) {
      if (result.error.code === "not_found") throw notFound();
      const { code, detail } = result.error;
      throw new CommandError(`${detail}. To lock them out: --force`, { code });
    }
    output.object({ id, deleted: true });
    output.say(`${name} is gone, with all its links.`);
    return 0;
  },
};

async function turn(input: CommandInput, isEnabled: boolean): Promise<number> {
  const { core, actor, output } = input;
  const provider = await namedProvider(input);
  const result = await setProviderEnabled({ ...core, sealer: core.rings.sealer }, actor, {
    id: provider.id,
    isEnabled,
  });
  if (!result.ok) throw notFound();
  output.object(shapeOf({ ...provider, isEnabled }));
  output.say(`${provider.name} is switched ${isEnabled ? "on" : "off"}.`);
  const lost = isEnabled ? [] : await core.store.listLockedOutAdministrators(provider.id);
  if (lost.length > 0) {
    const names = lost.map(({ username }) => username).join(", ");
    output.say(`It was the only way in of administrators: ${names}. They wait until it is on.`);
  }
  return 0;
}

/** The provider that the one word names. */
export async function namedProvider({ core, given }: CommandInput): Promise<ProviderWithSecret> {
  const [id, ...rest] = given.words;
  if (id === undefined || rest.length > 0) {
    throw new CommandError("Name one provider, by its id", { code: "usage" });
  }
  const provider = await core.store.findProvider(id);
  if (provider === null) throw notFound();
  return provider;
}

/** There is no provider of that id. */
export function notFound(): CommandError {
  return new CommandError("There is no such provider; see: bun run admin providers list", {
    code: "not_found",
  });
}

function shapeOf(provider: ProviderWithSecret) {
  return {
    id: provider.id,
    kind: provider.kind,
    name: provider.name,
    issuer: provider.issuer,
    client_id: provider.clientId,
    scopes: provider.scopes,
    enabled: provider.isEnabled,
    leaving: provider.leaving !== null,
    source: provider.source,
    has_previous_secret: provider.sealedPreviousSecret !== null,
  };
}

type Row = ReturnType<typeof shapeOf> & {
  readonly ok: boolean | null;
  readonly checked_at: string | null;
};

function cellsOf(row: Row): readonly string[] {
  const last = row.ok === null ? "-" : `${row.ok ? "ok" : "FAILED"} ${row.checked_at}`;
  const state = row.enabled ? "on" : "off";
  return [row.id, row.name, row.issuer, row.leaving ? "leaving" : state, last];
}
