/**
 * A Redis server of a test's own, which the test can kill, freeze and start again.
 *
 * @module
 */

import { findFreePort } from "./server_process.ts";

/** A Redis server. */
export interface RedisServer {
  readonly url: string;
  /** Starts it again on the same port, with nothing in it. */
  start(): Promise<void>;
  /** Ends it at once. */
  kill9(): Promise<void>;
  /** Lets it hang: connections stay, and nothing is answered. */
  freeze(): void;
  /** Lets it go on. */
  thaw(): void;
  close(): Promise<void>;
}

/** How long it may take to answer. */
const START_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Where the program is; undefined where there is none, and what needs it is skipped. */
export const REDIS_SERVER = findProgram();

function findProgram(): string | undefined {
  const given = process.env["POSTERN_REDIS_SERVER"];
  if (given !== undefined) return given === "" ? undefined : given;
  return Bun.which("redis-server") ?? Bun.which("valkey-server") ?? undefined;
}

/** How to start it. */
export interface RedisServerOptions {
  /** A free one by default. */
  readonly port?: number;
  readonly args?: readonly string[];
}

/** Starts one, which keeps nothing on the disk. */
export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const program = REDIS_SERVER;
  if (program === undefined) throw new TypeError("Cannot start Redis: there is no redis-server");
  const port = options.port ?? (await findFreePort());
  const { args = [] } = options;
  const fixed = `--port ${port} --bind 127.0.0.1 --appendonly no --loglevel warning`.split(" ");
  let child: Bun.Subprocess | undefined;

  const run = () =>
    Bun.spawn([program, ...fixed, "--save", "", ...args], {
      stdio: ["ignore", "ignore", "ignore"],
    });

  async function kill9(): Promise<void> {
    child?.kill("SIGKILL");
    await child?.exited;
    child = undefined;
  }

  async function start(): Promise<void> {
    child = run();
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await isListening(port))) {
      if (performance.now() > deadline) throw new Error("Cannot start Redis: it does not listen");
      await Bun.sleep(LOOK_EVERY_MS);
    }
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill9,
    freeze: () => child?.kill("SIGSTOP"),
    thaw: () => child?.kill("SIGCONT"),
    close: kill9,
  };
}

async function isListening(port: number): Promise<boolean> {
  try {
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: { data: () => undefined },
    });
    socket.end();
    return true;
  } catch {
    return false;
  }
}
