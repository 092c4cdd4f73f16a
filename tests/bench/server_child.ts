/**
 * A server as a process of its own: ours, or one that is a floor.
 *
 * Each says where it listens in a line of JSON with `msg` "listening" and `url`.
 *
 * @module
 */

import { join } from "node:path";
import { type Cores, onCores } from "./cores.ts";

/** What to start, and where. */
export interface ServerChildOptions {
  readonly cores: Cores;
  /** Cores that it may use. */
  readonly on: readonly number[];
  /** Absolute path of what Bun runs. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  /** All of its environment but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server that listens. */
export interface ServerChild {
  readonly url: URL;
  readonly pid: number;
  /** From starting the process to reading that it listens. */
  readonly startedInMs: number;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/** The server promises to stop within 10 s. */
const STOP_MAX_MS = 15_000;

const FLOORS = join(import.meta.dir, "floors");

/** Path of a floor's program. */
export function floorScript(name: string): string {
  return join(FLOORS, `${name}.ts`);
}

/** Starts a server, and waits until it listens. */
export async function startServerChild(options: ServerChildOptions): Promise<ServerChild> {
  const { PATH = "", HOME = "" } = process.env;
  const command = [process.execPath, options.script, ...(options.args ?? [])];
  const startedAt = performance.now();
  const child = Bun.spawn(onCores(options.cores, options.on, command), {
    cwd: options.folder,
    env: { PATH, HOME, NODE_ENV: "production", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors = new Response(child.stderr).text();
  const output: string[] = [];
  const url = await readUrl(child.stdout, output);
  const startedInMs = performance.now() - startedAt;
  if (url === undefined) {
    child.kill("SIGKILL");
    throw new Error(`Cannot start ${options.script}: ${output.join("")}${await errors}`);
  }
  return {
    url,
    pid: child.pid,
    startedInMs,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MAX_MS);
      await child.exited;
      clearTimeout(timer);
    },
  };
}

/** Finds the line; what comes after it is read and dropped, so that the server never waits for us. */
function readUrl(stdout: ReadableStream<Uint8Array>, output: string[]): Promise<URL | undefined> {
  const found = Promise.withResolvers<URL | undefined>();
  const decoder = new TextDecoder();
  let isFound = false;
  let text = "";
  async function readAll(): Promise<void> {
    for await (const bytes of stdout) {
      if (isFound) continue;
      text += decoder.decode(bytes, { stream: true });
      const lines = text.split("\n").slice(0, -1);
      const url = lines.map(urlOf).find((each) => each !== undefined);
      if (url === undefined) continue;
      isFound = true;
      found.resolve(url);
    }
    output.push(text);
    found.resolve(undefined);
  }
  readAll().catch(found.reject);
  return found.promise;
}

function urlOf(line: string): URL | undefined {
  if (!line.startsWith("{")) return undefined;
  const { msg, url } = JSON.parse(line) as { readonly msg?: unknown; readonly url?: unknown };
  return msg === "listening" && typeof url === "string" ? new URL(url) : undefined;
}
