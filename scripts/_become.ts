/**
 * Turns this process into another one.
 *
 * No child: nothing stands between the new program and its signals, its terminal or its exit code.
 * Bun is found by the path of the running one, since PATH may hold none.
 *
 * @module
 */

/**
 * Runs Bun anew in this process. Does not return.
 *
 * @param args What follows `bun` on the command line.
 * @param marks Environment variables to add.
 */
export function becomeBun(args: readonly string[], marks: Record<string, string> = {}): never {
  if (process.execve === undefined) {
    throw new Error(`Cannot start anew: Bun ${Bun.version} has no execve, 1.4.5 has`);
  }
  process.execve(process.execPath, [process.execPath, ...args], { ...process.env, ...marks });
  throw new Error(`Cannot start anew: ${process.execPath} did not take over`);
}
