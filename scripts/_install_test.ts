import { afterEach, beforeEach, expect, test } from "bun:test";
import { copyFile, mkdir, mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A clone in miniature: one package, and a script that needs it. */
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "postern-clone-"));
  for (const file of ["_install.ts", "_become.ts"]) {
    await mkdir(join(clone, "scripts"), { recursive: true });
    await copyFile(join(import.meta.dir, file), join(clone, "scripts", file));
  }
  const root = { name: "clone", workspaces: ["dep"], dependencies: { dep: "workspace:*" } };
  await Bun.write(join(clone, "package.json"), JSON.stringify(root));
  await Bun.write(join(clone, "dep/package.json"), JSON.stringify({ name: "dep", main: "dep.ts" }));
  await Bun.write(join(clone, "dep/dep.ts"), 'export const DEP = "dep";');
  await Bun.write(
    join(clone, "scripts/run.ts"),
    `import { installDependencies } from "./_install.ts";
     installDependencies();
     const { DEP } = await import("dep");
     console.log(DEP, process.argv.slice(2).join(" "), process.env.KEPT);`,
  );
  await spawn("install");
  await rm(join(clone, "node_modules"), { recursive: true });
});

afterEach(async () => {
  await rm(clone, { recursive: true });
});

/** Runs Bun in the clone, with a PATH that holds none. */
async function spawn(...args: readonly string[]) {
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: clone,
    env: { PATH: "/nowhere", HOME: clone, KEPT: "kept" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}

test("installDependencies() installs in a fresh clone and leaves standard output alone", async () => {
  const { stdout, stderr, exitCode } = await spawn("scripts/run.ts", "--json", "x");
  expect(stdout).toBe("dep --json x kept\n");
  expect(stderr).toContain("bun install");
  expect(exitCode).toBe(0);
});

test("installDependencies() is silent when all is there", async () => {
  await spawn("scripts/run.ts");
  expect(await spawn("scripts/run.ts")).toMatchObject({ stdout: "dep  kept\n", stderr: "" });
});

test("installDependencies() installs once more when the lock file is newer", async () => {
  await spawn("scripts/run.ts");
  const later = new Date(Date.now() + 1_000);
  await utimes(join(clone, "bun.lock"), later, later);
  expect((await spawn("scripts/run.ts")).stderr).toContain("bun install");
  expect((await spawn("scripts/run.ts")).stderr).toBe("");
});

test("installDependencies() installs once more after an install that was cut off", async () => {
  await spawn("scripts/run.ts");
  await mkdir(join(clone, "node_modules/.installing"));
  expect((await spawn("scripts/run.ts")).stderr).toContain("bun install");
  expect((await spawn("scripts/run.ts")).stderr).toBe("");
});

test("installDependencies() ends the process when the lock file does not fit", async () => {
  const wrong = { name: "clone", dependencies: { dep: "file:./gone" } };
  await Bun.write(join(clone, "package.json"), JSON.stringify(wrong));
  const { stdout, stderr, exitCode } = await spawn("scripts/run.ts");
  expect(stdout).toBe("");
  expect(stderr).toContain("Cannot install the packages");
  expect(exitCode).toBe(1);
});
