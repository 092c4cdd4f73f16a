/**
 * What people do with a console: tell it of a server, and let it in by their browser.
 *
 * @module
 */

import type { Role } from "@postern/auth";
import type { ConsoleState } from "@postern/console";
import type { Account } from "../support/deployment.ts";
import type { TestConsole } from "../support/electron/open_console.ts";
import type { Person } from "./_person.ts";
import type { Stage } from "./_stage.ts";
import { fill, press } from "./_steps.ts";

/** A console that is signed in, and the administrator who sits at it. */
export interface Paired extends AsyncDisposable {
  readonly console: TestConsole;
  /** The administrator's browser, signed in to the server. */
  readonly person: Person;
  readonly account: Account;
}

/** How to pair. */
export interface PairOptions {
  readonly role?: Role;
  /** Whether the server is a production one. */
  readonly production?: boolean;
  /** Where the console is told that the server is, if not at PUBLIC_URL. */
  readonly url?: string;
  readonly console?: Parameters<Stage["console"]>[0];
}

/** Makes an administrator and a console, and lets the one into the other through both pages. */
export async function pair(stage: Stage, options: PairOptions = {}): Promise<Paired> {
  const { role = "owner", production = false } = options;
  const { deployment } = stage;
  const [account, console, person] = await Promise.all([
    deployment.newAccount(),
    stage.console(options.console),
    stage.person(),
  ]);
  deployment.sql("UPDATE users SET role = ? WHERE username = ?", role, account.username);
  const { url = deployment.server.publicUrl } = options;
  await addServer(console, { url, production });
  const signedIn = console.verb("signIn");
  await letIn(person, await console.electron.nextAddress(), account);
  const outcome = await signedIn;
  if (!outcome.ok) throw new Error(`Cannot sign in: ${outcome.error.message}`);
  return {
    ...{ console, person, account },
    async [Symbol.asyncDispose]() {
      await console[Symbol.asyncDispose]();
      await person[Symbol.asyncDispose]();
    },
  };
}

/** Tells a console of a server, and opens it. */
export async function addServer(
  console: TestConsole,
  { url, production = false }: { readonly url: string; readonly production?: boolean },
): Promise<string> {
  const draft = { name: "Home", url, color: "teal", production } as const;
  const saved = await console.verb("saveProfile", draft);
  if (!saved.ok) throw new Error(`Cannot add the server: ${saved.error.message}`);
  await console.verb("openProfile", saved.data.id);
  return saved.data.id;
}

/** Allows what a console asks, at the address that it opened; signs in first where that is asked. */
export async function letIn(person: Person, address: string, account: Account): Promise<void> {
  const { page } = person;
  await page.goto(address);
  const allow = page.getByRole("button", { name: "Allow" });
  const isAsked = await page.getByRole("heading", { level: 1 }).textContent();
  if (isAsked?.startsWith("Sign in")) {
    await fill(page, { "Email or username": account.username, Password: account.password });
    await press(page, "Sign in");
  }
  await allow.click();
  await page.waitForURL("http://127.0.0.1:*/callback?**");
}

/** Waits until a console is in a state. */
export async function whenConsole(
  console: TestConsole,
  isMeant: (state: ConsoleState) => boolean,
): Promise<ConsoleState> {
  const deadline = Date.now() + PATIENCE_MS;
  while (true) {
    const state = await console.verb("state");
    if (isMeant(state)) return state;
    if (Date.now() > deadline) throw new Error(`The console stays so: ${JSON.stringify(state)}`);
    await Bun.sleep(20);
  }
}

/** Longest wait for what a console is to know: spent on failure alone. */
const PATIENCE_MS = 90_000;
