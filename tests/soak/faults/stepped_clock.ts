/**
 * The clock of the server, which can be stepped: by libfaketime, whose file it reads each second.
 *
 * Only the time of day: what measures how long something takes goes on.
 *
 * @see https://github.com/wolfcw/libfaketime
 * @module
 */

import { existsSync, writeFileSync } from "node:fs";

/** A clock. */
export interface SteppedClock {
  /** For the environment of the server. */
  readonly env: Readonly<Record<string, string>>;
  /** How far the server's clock is before that of this process, milliseconds. */
  readonly offsetMs: number;
  step(offsetMs: number): void;
}

const PLACES = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib/faketime/libfaketime.so.1",
  "/usr/lib64/faketime/libfaketime.so.1",
];

const MS_PER_SECOND = 1_000;

/** Why the clock cannot be stepped here; nothing where it can be. */
export function whyNoSteppedClock(): string | undefined {
  if (process.platform !== "linux") return "libfaketime is looked for on Linux only";
  return PLACES.some((path) => existsSync(path)) ? undefined : "libfaketime is not installed";
}

/** Makes a clock that is right. Where it cannot be stepped, it stays so. */
export function createSteppedClock(file: string): SteppedClock {
  const library = PLACES.find((path) => existsSync(path));
  const state = { offsetMs: 0 };
  writeFileSync(file, "+0");
  return {
    env:
      library === undefined
        ? {}
        : {
            LD_PRELOAD: library,
            FAKETIME_TIMESTAMP_FILE: file,
            FAKETIME_CACHE_DURATION: "1",
            FAKETIME_DONT_FAKE_MONOTONIC: "1",
          },
    get offsetMs() {
      return state.offsetMs;
    },
    step(offsetMs) {
      state.offsetMs = offsetMs;
      writeFileSync(file, `${offsetMs < 0 ? "" : "+"}${offsetMs / MS_PER_SECOND}`);
    },
  };
}
