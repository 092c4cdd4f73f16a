/**
 * How a floor's server says where it listens: as ours does.
 *
 * @module
 */

/** Writes the line that whoever started this process waits for. */
export function announce(port: number | undefined): void {
  const url = `http://127.0.0.1:${port}/`;
  process.stdout.write(`${JSON.stringify({ level: "info", msg: "listening", url })}\n`);
}
