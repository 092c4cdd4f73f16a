import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type Cruise, cruise } from "./cruise.ts";

const PACKAGES = ["std", "wire", "auth", "chat", "db", "rpc", "client", "ui"];
const APPS = ["server", "web", "console"];
const NPM = [
  ...["zod", "lucia", "drizzle-orm", "@libsql/client", "libsql", "@trpc/server", "elysia", "react"],
  ...["electron", "undeclared"],
];
const WORKSPACES = [
  ...PACKAGES.map((name) => `packages/${name}`),
  ...APPS.map((name) => `apps/${name}`),
  ...["scripts", "tests"],
];

/** What each folder may import of the house, as DESIGN has it. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "packages/std": [],
  "packages/wire": ["std"],
  "packages/auth": ["std"],
  "packages/chat": ["std", "auth"],
  "packages/db": ["std", "auth", "chat"],
  "packages/rpc": ["std", "wire", "auth", "chat"],
  "packages/client": ["wire"],
  "packages/ui": [],
  "apps/web": ["wire", "client", "ui"],
};

/** What each folder may use of npm; a folder that is absent may use what its package.json says. */
const MAY_USE: Record<string, readonly string[]> = {
  "packages/std": [],
  "packages/wire": ["zod"],
  "packages/auth": [],
  "packages/chat": [],
  "packages/db": ["drizzle-orm", "@libsql/client", "libsql"],
  "packages/rpc": ["@trpc/server"],
  "packages/client": [],
};

/** A file, its text, and the rules that it breaks. */
type Probe = readonly [path: string, text: string, ...rules: string[]];

const PROBES: readonly Probe[] = [
  ...WORKSPACES.map((folder): Probe => [`${folder}/mod.ts`, "export const door = 1;"]),
  ...folderProbes(),
  ...npmProbes(),

  ["apps/server/config.ts", "export const config = 1;"],
  ["apps/server/main.ts", 'import "@postern/db"; import "./adapters/mail.ts";'],
  ["apps/server/compose.ts", 'import "@postern/db"; import "./adapters/mail.ts";'],
  [
    "apps/server/adapters/mail.ts",
    'import "@postern/auth"; import "node:net"; import "./clock.ts";',
  ],
  ["apps/server/adapters/clock.ts", "export const clock = 1;"],
  ["apps/server/adapters/store.ts", 'import "@postern/db";', "adapter-without-db"],
  ["apps/server/routes/login.ts", 'import "@postern/db";', "server-hands"],
  ["apps/server/routes/mail.ts", 'import "../adapters/mail.ts";', "server-hands"],
  ["apps/server/routes/wires.ts", 'import "@postern/rpc"; import "@postern/wire";'],
  ["apps/server/routes/page.tsx", 'import "react";', "server-without-pages"],
  ["apps/server/routes/ui.ts", 'import "@postern/ui";', "table-apps-server"],

  ["apps/web/pages/home.tsx", 'import "react"; import "@postern/client";'],
  ["apps/web/pages/files.ts", 'import "node:fs";', "browser-builtin"],
  ["apps/web/pages/elysia.ts", 'import "elysia";', "web-without-server"],
  ["apps/web/build.ts", 'import "node:fs";'],
  ["packages/db/drizzle.config.ts", 'import "zod";'],

  ["apps/console/main/main.ts", 'import "electron"; import type { door } from "@postern/rpc";'],
  ["apps/console/main/app.ts", 'import type * as E from "electron"; import "@postern/std";'],
  ["apps/console/main/window.ts", 'import "electron";', "electron-once"],
  ["apps/console/main/router.ts", 'import { door } from "@postern/rpc";', "rpc-as-type"],
  ["apps/console/main/draw.ts", 'import "react";', "main-without-pages"],
  ["apps/console/main/stores.ts", 'import "@postern/auth";', "table-apps-console"],
  ["apps/console/preload/preload.ts", 'import "electron"; import "../ipc/verbs.ts";'],
  ["apps/console/preload/fat.ts", 'import "../main/app.ts";', "preload-thin"],
  ["apps/console/ipc/verbs.ts", "export const verbs = 1;"],
  ["apps/console/ipc/reach.ts", 'import "../main/app.ts";', "ipc-apart"],
  ["apps/console/renderer/page.tsx", 'import "react"; import "../ipc/verbs.ts";'],
  ["apps/console/renderer/shell.ts", 'import "electron";', "electron-once", "renderer-alone"],
  ["apps/console/renderer/reach.ts", 'import "../main/app.ts";', "renderer-alone"],

  ["packages/auth/lucia_sessions.ts", 'import "lucia";'],
  ["packages/auth/sessions.ts", 'import "lucia";', "lucia-once"],
  ["packages/auth/hash.ts", 'import "node:crypto";', "pure-builtin"],
  ["packages/auth/bun.ts", 'import "bun";', "pure-builtin"],
  ["packages/auth/hash_test.ts", 'import "node:crypto"; import "bun:test"; import "zod";'],
  ["packages/auth/_hidden.ts", "export const hidden = 1;"],
  ["packages/auth/sibling.ts", 'import "./_hidden.ts";'],
  ["packages/auth/_hidden_test.ts", 'import "./_hidden.ts";'],
  ["packages/auth/deeper/nephew.ts", 'import "../_hidden.ts";', "private"],
  ["packages/auth/uses_test.ts", 'import "./hash_test.ts";'],
  ["packages/auth/shipped.ts", 'import "./hash_test.ts";', "no-tests"],
  ["packages/auth/nowhere.ts", 'import "./no_such_file.ts";', "resolvable"],
  ["packages/auth/relative.ts", 'import "../std/mod.ts";', "by-name"],
  ["packages/chat/deep.ts", 'import "../auth/sibling.ts";', "by-name", "door"],
  ["packages/ui/loose.ts", 'import "undeclared";', "declared"],
  ["packages/wire/egg.ts", 'import type {} from "./hen.ts";', "no-cycle"],
  ["packages/wire/hen.ts", 'import "./egg.ts";'],
  ["packages/std/a.ts", 'import type { door } from "@postern/auth";', "table-packages-std"],
  ["packages/std/b.ts", 'export type { door } from "@postern/auth";', "table-packages-std"],
  ["packages/std/c.ts", 'export type A = import("@postern/auth").A;', "table-packages-std"],
  ["packages/std/d.ts", 'export const a = await import("@postern/auth");', "table-packages-std"],
  ["packages/std/e.ts", 'export const a = require("@postern/auth");', "table-packages-std"],

  ["scripts/start.ts", 'import "@postern/server"; import "@postern/db";'],
  ["scripts/page.ts", 'import "@postern/ui";', "table-scripts"],
  ["tests/journey.ts", 'import "@postern/server"; import "@postern/ui"; import "zod";'],
  ["tests/bench/deep.ts", 'import "../../apps/server/routes/ui.ts";', "by-name"],
];

/** Each folder of the table against each package, and against the server. */
function folderProbes(): Probe[] {
  return Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
    [...PACKAGES, "server"]
      .filter((name) => !folder.endsWith(`/${name}`))
      .map((name): Probe => {
        const rules = allowed.includes(name) ? [] : [`table-${folder.replace("/", "-")}`];
        return [`${folder}/to_${name}.ts`, `import "@postern/${name}";`, ...rules];
      }),
  );
}

/** Each folder that has a list of its own against each npm package of the house. */
function npmProbes(): Probe[] {
  const offered = NPM.filter((name) => name !== "undeclared" && name !== "lucia");
  return Object.entries(MAY_USE).flatMap(([folder, allowed]) =>
    offered
      .filter(
        (name) => !(folder === "packages/client" && /elysia|drizzle|libsql|electron/.test(name)),
      )
      .map((name): Probe => {
        const rules = allowed.includes(name) ? [] : [`npm-${folder.replace("/", "-")}`];
        return [`${folder}/use_${name.replaceAll(/\W/g, "_")}.ts`, `import "${name}";`, ...rules];
      }),
  );
}

let root: string;
let result: Cruise;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "postern-walls-"));
  await buildHouse();
  result = await cruise(root);
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

/** Lays the workspaces as Bun's isolated linker does, but with every other one and every package in reach. */
async function buildHouse(): Promise<void> {
  await Bun.write(join(root, "tsconfig.json"), "{}");
  for (const name of NPM) {
    const folder = join(
      root,
      `node_modules/.bun/${name.replace("/", "+")}@1.0.0/node_modules`,
      name,
    );
    const manifest = { name, version: "1.0.0", main: "dist/index.js" };
    await Bun.write(join(folder, "package.json"), JSON.stringify(manifest));
    await Bun.write(join(folder, manifest.main), "export {};");
    for (const workspace of WORKSPACES) await link(join(workspace, "node_modules", name), folder);
  }
  const names = NPM.filter((name) => name !== "undeclared");
  const members = [...PACKAGES, ...APPS].map((name) => `@postern/${name}`);
  const dependencies = Object.fromEntries([...names, ...members].map((name) => [name, "*"]));
  for (const workspace of WORKSPACES) {
    const name = `@postern/${workspace.replace(/^.*\//, "")}`;
    const manifest = { name, exports: { ".": "./mod.ts" }, dependencies };
    await Bun.write(join(root, workspace, "package.json"), JSON.stringify(manifest));
    for (const member of WORKSPACES) {
      const door = join(workspace, "node_modules/@postern", member.replace(/^.*\//, ""));
      await link(door, join(root, member));
    }
  }
  for (const [path, text] of PROBES) await Bun.write(join(root, path), text);
}

async function link(path: string, target: string): Promise<void> {
  const place = join(root, path);
  await mkdir(dirname(place), { recursive: true });
  await symlink(relative(dirname(place), target), place);
}

test("cruise() reads every file", () => {
  expect([...result.read].sort()).toEqual(PROBES.map(([path]) => path).sort());
});

test("cruise() finds each broken rule, and no other", () => {
  const found = Map.groupBy(result.violations, ({ from }) => from);
  const seen = PROBES.map(([path]) =>
    [path, ...new Set(found.get(path)?.map(({ rule }) => rule))].sort(),
  );
  expect(seen).toEqual(PROBES.map(([path, , ...rules]) => [path, ...rules].sort()));
});

test("cruise() names the import that breaks a rule", () => {
  expect(result.violations).toContainEqual({
    rule: "server-hands",
    why: "Only main.ts and the compose files touch the database and the adapters.",
    from: "apps/server/routes/mail.ts",
    to: "apps/server/adapters/mail.ts",
  });
});
