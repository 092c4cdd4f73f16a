/**
 * A server as it stands in the world: with its database, its mail, its operator and its visitors.
 *
 * Every visitor calls from an address of its own, so that tests that share a server do not meet in
 * its limits: the server believes the forwarding headers of this machine.
 *
 * @module
 */

import { Database, type SQLQueryBindings } from "bun:sqlite";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createHttpClient, type HttpClient } from "./http_client.ts";
import { type CommandEnd, runAdmin } from "./operator.ts";
import { makeServerFolder, type ServerProcess, startServer } from "./server_process.ts";
import { type ReceivedMail, type SmtpPeer, startSmtpPeer } from "./smtp_peer.ts";

/** How to set it up. */
export interface DeploymentOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly mode?: "start" | "dev";
}

/** A caller, and where it calls from. */
export interface Visitor extends HttpClient {
  readonly address: string;
}

/** Somebody who has an account, and is signed in to it. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  /** The browser that signed up. */
  readonly browser: Visitor;
}

/** What a visitor sends with every request. */
export interface VisitorOptions {
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** All of it, running. */
export interface Deployment {
  /** The server that runs now. */
  readonly server: ServerProcess;
  readonly smtp: SmtpPeer;
  readonly folder: string;
  visitor(options?: VisitorOptions): Visitor;
  /** Somebody who calls another process of the same server. */
  visitorTo(server: ServerProcess, options?: VisitorOptions): Visitor;
  /** Signs up through the mail. What is not given is new. */
  newAccount(given?: Partial<Account>): Promise<Account>;
  /** Takes the next mail to an address, and the token of the link in it. */
  nextLink(email: string): Promise<{ readonly token: string; readonly mail: ReceivedMail }>;
  /** Another browser of an account's owner, signed in. */
  signIn(account: Account, options?: VisitorOptions): Promise<Visitor>;
  /** The operator's command line. */
  admin(...args: readonly string[]): Promise<CommandEnd>;
  /** Rows of the database, read or changed past the server. */
  sql<Row = Record<string, unknown>>(text: string, ...args: SQLQueryBindings[]): readonly Row[];
  /** Ends the server at once, as a power cut would. */
  crash(): Promise<void>;
  /** Stops the server, if it runs, and starts it anew on the same data. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** A password that every rule takes. */
export const GOOD_PASSWORD = "correct-horse-battery-9";

const AUTH = "/api/v1/auth";

let visitors = 0;
let names = 0;

/** Starts everything. */
export async function openDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const { mode = "start" } = options;
  const [folder, smtp] = await Promise.all([makeServerFolder(), startSmtpPeer()]);
  let env: Readonly<Record<string, string>> = {
    SMTP_URL: smtp.url,
    TRUSTED_PROXIES: "127.0.0.1/32",
    ...options.env,
  };
  let server = await startServer({ mode, folder, env });
  let database: Database | undefined;

  const deployment: Deployment = {
    get server() {
      return server;
    },
    smtp,
    folder,
    visitor: (given) => visitorOf(server, given),
    visitorTo: visitorOf,
    newAccount: (given = {}) => signUp(deployment, given),
    async nextLink(email) {
      const mail = await smtp.next(envelopeForm(email));
      return { token: tokenIn(mail), mail };
    },
    async signIn(account, given) {
      const visitor = deployment.visitor(given);
      const { username: identifier, password } = account;
      const answer = await visitor.post(`${AUTH}/login`, { identifier, password });
      if (answer.status !== 200) throw new Error(`Cannot sign in: ${answer.text}`);
      return visitor;
    },
    admin: (...args) => runAdmin({ folder, env }, ...args),
    sql(text, ...args) {
      database ??= new Database(join(folder, "data/postern.db"));
      database.run("PRAGMA busy_timeout = 60000");
      return database.query(text).all(...args) as never;
    },
    crash: () => server.kill9(),
    async restart(changed = {}) {
      await server.stop();
      env = { ...env, ...changed };
      server = await startServer({ mode, folder, env });
    },
    async close() {
      database?.close();
      await server.stop();
      await smtp.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return deployment;
}

/** An address as it stands in the envelope of a mail: its domain in lower case. */
function envelopeForm(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, at)}${email.slice(at).toLowerCase()}`;
}

/** Finds the token of the link in a mail. */
export function tokenIn(mail: Pick<ReceivedMail, "text">): string {
  const token = /#token=([A-Za-z0-9_-]+)/.exec(mail.text)?.[1];
  if (token === undefined) throw new Error(`Cannot find a link in the mail:\n${mail.text}`);
  return token;
}

/** A username that nobody has. */
export function freshName(): string {
  names += 1;
  return `visitor${names}`;
}

/** An address that nobody calls from. */
export function freshAddress(): string {
  visitors += 1;
  return `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

function visitorOf(server: ServerProcess, options: VisitorOptions = {}): Visitor {
  const address = options.address ?? freshAddress();
  const headers = { "X-Forwarded-For": address, ...options.headers };
  const client = createHttpClient({ url: server.url, origin: server.publicUrl, headers });
  return { ...client, address };
}

async function signUp(deployment: Deployment, given: Partial<Account>): Promise<Account> {
  const username = given.username ?? freshName();
  const email = given.email ?? `${username}@example.com`;
  const password = given.password ?? GOOD_PASSWORD;
  const browser = given.browser ?? deployment.visitor();
  const asked = await browser.post(`${AUTH}/signup`, { email, username, password });
  if (asked.status !== 202) throw new Error(`Cannot sign up: ${asked.text}`);
  const { token } = await deployment.nextLink(email);
  const verified = await browser.post(`${AUTH}/verify-email`, { token });
  if (verified.status !== 200) throw new Error(`Cannot verify: ${verified.text}`);
  const { id } = (verified.json as { user: { id: string } }).user;
  return { id, email, username, password, browser };
}
