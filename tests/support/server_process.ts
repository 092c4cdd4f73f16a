/**
 * The server as its operator runs it: a process of its own, with its own folder and environment.
 *
 * Nothing of this process's environment reaches it, and no `.env` file either.
 *
 * @module
 */

import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { collectLines, type LineCollector } from "./collect_lines.ts";

const ROOT = resolve(import.meta.dir, "../..");
/** An end to a start that hangs, on a machine that has other things to do. */
const START_TIMEOUT_MS = 90_000;
/** The server promises to stop within 10 s; a busy machine may hold up whoever asks it to. */
const STOP_TIMEOUT_MS = 30_000;

/** What is written when a process ends may still be on its way. */
const LAST_WORDS_MS = 5_000;

/** How to start the server. */
export interface ServerOptions {
  /** `dev` has `/dev/outbox`. */
  readonly mode?: "start" | "dev";
  /** Added to the environment, which otherwise says `PORT=0` and where programs are. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs and keeps its data. Without one it gets a folder of its own, gone when it has ended. */
  readonly folder?: string;
  /** What to run instead of the script of that mode. */
  readonly script?: string;
}

/** One JSON line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & {
  readonly level: string;
  readonly msg: string;
};

/** A server that listens. */
export interface ServerProcess {
  /** Where to connect, without a slash at the end. */
  readonly url: string;
  /** What it takes for its PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly folder: string;
  readonly pid: number;
  /** The lines of its log so far. */
  logs(): readonly LogLine[];
  /** What it has written to standard output. */
  standardOutput(): string;
  /** Everything it has written, to both streams. */
  output(): string;
  /** Waits for a line of the log, past ones too. */
  log(matches: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine>;
  /** Asks it to stop, waits until it has, and answers its exit code. */
  stop(): Promise<number>;
  /** Ends it at once, as a power cut would. */
  kill9(): Promise<void>;
}

/** How a server that was not meant to stay ended. */
export interface ServerEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the server and waits until it listens. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const { child, folder, stdout, stderr, clear } = await spawnServer(options);
  const line = await stdout.find((text) => readLogLine(text).some(isListening), START_TIMEOUT_MS);
  const [listening] = line === undefined ? [] : readLogLine(line);
  if (listening === undefined) {
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    const exitCode = await child.exited;
    clearTimeout(timer);
    await clear();
    const output = `${await stdout.whole()}${await stderr.whole()}`;
    throw new Error(`The server ended with ${exitCode} before it listened:\n${output}`);
  }
  const { url, public_url } = listening;
  return {
    url: withoutSlash(String(url)),
    publicUrl: withoutSlash(String(public_url)),
    folder,
    pid: child.pid,
    logs: () => stdout.lines().flatMap(readLogLine),
    standardOutput: () => stdout.lines().join("\n"),
    output: () => [...stdout.lines(), ...stderr.lines()].join("\n"),
    log: (matches, timeoutMs = START_TIMEOUT_MS) => waitFor(stdout, matches, timeoutMs),
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      const exitCode = await child.exited;
      clearTimeout(timer);
      await finish();
      return exitCode;
    },
    async kill9() {
      child.kill("SIGKILL");
      await child.exited;
      await finish();
    },
  };

  /** Takes in its last words, unless a child of its own keeps the streams open, and clears up. */
  async function finish(): Promise<void> {
    await Promise.race([Promise.all([stdout.whole(), stderr.whole()]), Bun.sleep(LAST_WORDS_MS)]);
    await clear();
  }
}

/** Runs a server that is expected to end by itself, such as one with a wrong configuration. */
export async function runServerToEnd(options: ServerOptions = {}): Promise<ServerEnd> {
  const { child, stdout, stderr, clear } = await spawnServer(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
  const exitCode = await child.exited;
  clearTimeout(timer);
  const end = { exitCode, stdout: await stdout.whole(), stderr: await stderr.whole() };
  await clear();
  return end;
}

/** The lines that a server wrote on standard error; that it built its pages first is none of its own. */
export function complaintsOf({ stderr }: Pick<ServerEnd, "stderr">): readonly string[] {
  return stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Built "));
}

/** Makes a folder for servers that are to find what another left. The caller removes it. */
export async function makeServerFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), "postern-server-"));
}

/** Finds a port that is free now, for a server that must have the same one twice. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("Cannot find a free port");
  return address.port;
}

interface Spawned {
  readonly child: Bun.Subprocess<"ignore", "pipe", "pipe">;
  readonly folder: string;
  readonly stdout: LineCollector;
  readonly stderr: LineCollector;
  /** Removes the folder, if it was made here. */
  clear(): Promise<void>;
}

async function spawnServer(options: ServerOptions): Promise<Spawned> {
  const folder = options.folder ?? (await makeServerFolder());
  const script = options.script ?? join(ROOT, "scripts", `${options.mode ?? "start"}.ts`);
  const { PATH = "", HOME = "", TMPDIR = "" } = process.env;
  const child = Bun.spawn([process.execPath, script], {
    cwd: folder,
    env: { PATH, HOME, TMPDIR, PORT: "0", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return {
    child,
    folder,
    stdout: collectLines(child.stdout),
    stderr: collectLines(child.stderr),
    async clear() {
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function isListening({ msg }: LogLine): boolean {
  return msg === "listening";
}

async function waitFor(
  stdout: LineCollector,
  matches: (line: LogLine) => boolean,
  timeoutMs: number,
): Promise<LogLine> {
  const line = await stdout.find((text) => readLogLine(text).some(matches), timeoutMs);
  const [found] = line === undefined ? [] : readLogLine(line);
  if (found !== undefined) return found;
  throw new Error(`Waited ${timeoutMs} ms for a line of the log:\n${stdout.lines().join("\n")}`);
}

/** One element for a line of the log, none for any other line. */
function readLogLine(text: string): LogLine[] {
  if (!text.startsWith("{")) return [];
  try {
    return [JSON.parse(text) as LogLine];
  } catch {
    return [];
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
