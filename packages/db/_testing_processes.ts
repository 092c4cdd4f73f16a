/**
 * Several processes on one database, for tests of who of them gets something.
 *
 * @module
 */

import { join } from "node:path";

const TESTING = join(import.meta.dir, "_testing.ts");

/**
 * Runs a piece of code in two processes that have the database open, at the same moment.
 *
 * @param work The body of an async function of `store` and `NOW`.
 * @returns What each gave back, as it comes through JSON.
 */
export async function inTwoProcesses(url: string, work: string): Promise<readonly unknown[]> {
  const code = `
    const { NOW, openTest } = await import(${JSON.stringify(TESTING)});
    await using opened = await openTest(${JSON.stringify(url)});
    const work = async (store) => {${work}};
    console.log("ready");
    await process.stdin[Symbol.asyncIterator]().next();
    console.log(JSON.stringify(await work(opened.store)));
  `;
  const children = [1, 2].map(() => {
    const child = Bun.spawn([process.execPath, "-e", code], { stdin: "pipe", stdout: "pipe" });
    return { child, output: child.stdout.getReader() };
  });
  for (const { output } of children) await output.read();
  for (const { child } of children) {
    child.stdin.write("go\n");
    child.stdin.end();
  }
  return await Promise.all(
    children.map(async ({ output, child }) => {
      const { value } = await output.read();
      if ((await child.exited) !== 0) throw new Error("A process failed");
      return JSON.parse(new TextDecoder().decode(value)) as unknown;
    }),
  );
}
