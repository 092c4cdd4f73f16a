/**
 * `providers create`, `update` and `replace-secret`. A secret is read from standard input, never from
 * the command line, which other users of the machine can see.
 *
 * @module
 */

import {
  createProvider,
  type ProviderKind,
  replaceProviderSecret,
  updateProvider,
} from "@postern/auth";
import { type Arguments, textFlag } from "./arguments.ts";
import type { Command } from "./command.ts";
import { CommandError } from "./output.ts";
import { namedProvider, notFound } from "./providers.ts";

const KINDS = ["google", "github", "oidc"] as const;

/** Where those are that most people mean; an OpenID provider must be named. */
const ISSUERS: Readonly<Partial<Record<ProviderKind, string>>> = {
  google: "https://accounts.google.com",
  github: "https://github.com",
};

/** `providers create`. */
export const createProviderCommand: Command = {
  name: "providers create",
  usage:
    "<id> --kind google|github|oidc --client-id text [--issuer url] [--name text] [--scopes text]",
  summary: "adds a provider; its client secret is read from standard input",
  flags: { kind: "text", issuer: "text", "client-id": "text", name: "text", scopes: "text" },
  async run({ core, actor, given, output }) {
    const [id = "", ...rest] = given.words;
    if (rest.length > 0 || !/^[a-z][a-z0-9_-]{0,31}$/.test(id)) {
      const accepted = "up to 32 lower-case letters, digits, _ and -, beginning with a letter";
      throw new CommandError(`Give the provider one id: ${accepted}`, { code: "usage" });
    }
    const kind = KINDS.find((known) => known === textFlag(given, "kind"));
    if (kind === undefined) {
      throw new CommandError(`Give --kind ${KINDS.join(", ")}`, { code: "usage" });
    }
    const scopes = scopesFlag(given);
    const command = core.completeProvider({
      id,
      kind,
      issuer: issuerFlag(given) ?? ISSUERS[kind] ?? missing("issuer"),
      clientId: textFlag(given, "client-id") ?? missing("client-id"),
      name: textFlag(given, "name"),
      scopes,
    });
    const clientSecret = await readSecret();
    const made = { ...command, clientSecret, source: "console" } as const;
    const result = await createProvider({ ...core, sealer: core.rings.sealer }, actor, made);
    if (!result.ok) {
      throw new CommandError(`There is a provider ${id} already`, { code: result.error.code });
    }
    output.object({ id, name: command.name, enabled: true });
    output.say(
      `${command.name} is made and switched on. Try it: bun run admin providers check ${id}`,
    );
    return 0;
  },
};

/** `providers update`. */
export const updateProviderCommand: Command = {
  name: "providers update",
  usage: "<id> [--name text] [--issuer url] [--client-id text] [--scopes text]",
  summary: "edits a provider",
  flags: { issuer: "text", "client-id": "text", name: "text", scopes: "text" },
  async run(input) {
    const { core, actor, given, output } = input;
    const { id } = await namedProvider(input);
    const command = {
      id,
      name: textFlag(given, "name"),
      issuer: issuerFlag(given),
      clientId: textFlag(given, "client-id"),
      scopes: scopesFlag(given),
    };
    if (Object.values(command).filter((value) => value !== undefined).length === 1) {
      throw new CommandError("Say what to change, such as --name", { code: "usage" });
    }
    const result = await updateProvider({ ...core, sealer: core.rings.sealer }, actor, command);
    if (!result.ok) throw notFound();
    output.object({ id, updated: true });
    output.say(`${id} is changed.`);
    return 0;
  },
};

/** `providers replace-secret`. */
export const replaceSecretCommand: Command = {
  name: "providers replace-secret",
  usage: "<id>",
  summary:
    "takes a new client secret from standard input; the old one is tried until it has worked",
  flags: {},
  async run(input) {
    const { core, actor, output } = input;
    const { id } = await namedProvider(input);
    const clientSecret = await readSecret();
    const deps = { ...core, sealer: core.rings.sealer };
    const result = await replaceProviderSecret(deps, actor, { id, clientSecret });
    if (!result.ok) throw notFound();
    output.object({ id, replaced: true });
    output.say(`${id} has a new secret. Try it: bun run admin providers check ${id}`);
    return 0;
  },
};

function missing(flag: string): never {
  throw new CommandError(`Give --${flag}`, { code: "usage" });
}

function issuerFlag(given: Arguments): string | undefined {
  const issuer = textFlag(given, "issuer");
  if (issuer === undefined || /^https?:\/\/[^?#@\\\s]+$/i.test(issuer)) return issuer;
  throw new CommandError(`Cannot take --issuer ${issuer}: give a URL without query and fragment`, {
    code: "usage",
  });
}

function scopesFlag(given: Arguments): readonly string[] | undefined {
  const text = textFlag(given, "scopes");
  return text?.split(/[ ,]+/).filter((scope) => scope !== "");
}

async function readSecret(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Client secret, then Enter and Ctrl-D: ");
  const secret = (await Bun.stdin.text()).trim();
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  throw new CommandError(
    "Give the client secret on standard input: printable ASCII without blanks",
    {
      code: "usage",
    },
  );
}
