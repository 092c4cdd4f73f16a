import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { type BuildOutcome, buildPages } from "./build.ts";
import { loadPages, type Pages } from "./load_pages.ts";

let dist: string;
let outcome: BuildOutcome;
let pages: Pages;

beforeAll(async () => {
  dist = `${await mkdtemp(join(tmpdir(), "postern-pages-"))}/`;
  outcome = await buildPages(dist);
  pages = await loadPages(dist);
}, 180_000);

afterAll(async () => {
  await rm(dist, { recursive: true, force: true });
});

function assetNamed(pattern: RegExp): string {
  const path = [...pages.assets.keys()].find((name) => pattern.test(name));
  if (path === undefined) throw new Error(`Cannot find an asset like ${pattern}`);
  return path;
}

async function textOf(path: string): Promise<string> {
  return await Bun.file(pages.assets.get(path)?.file ?? "").text();
}

test("buildPages() builds once, and does nothing while the sources stay as they are", async () => {
  expect(outcome.isNew).toBe(true);
  expect(outcome.summary).toMatch(/sign-in page [\d.]+ KiB of script/);
  expect(await buildPages(dist)).toMatchObject({ isNew: false });
});

test("every path that a shell names is an asset", () => {
  const settings = {
    signup: "verify",
    passwordMinLength: 12,
    isDevelopment: true,
    hasCredentials: false,
    providers: null,
  } as const;
  for (const { path } of [...pages.list, { path: "/no/such/page" }]) {
    const html = pages.renderShell({ nonce: "n", path, settings });
    const named = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(pages.assets.has(name)).toBe(true);
  }
});

test("compressed forms hold what the file holds", async () => {
  for (const asset of pages.assets.values()) {
    const bytes = Buffer.from(await Bun.file(asset.file).bytes());
    if (asset.brotli === undefined || asset.gzip === undefined) continue;
    expect(brotliDecompressSync(await Bun.file(asset.brotli).bytes()).equals(bytes)).toBe(true);
    expect(gunzipSync(await Bun.file(asset.gzip).bytes()).equals(bytes)).toBe(true);
  }
});

test("only files with a hash in their name may be kept for ever", () => {
  for (const [path, asset] of pages.assets) {
    expect(asset.isImmutable).toBe(/^\/assets\/[a-z_]+-[a-z0-9]{8}\.(js|css)$/.test(path));
  }
});

test("assets have exact content types", () => {
  expect(pages.assets.get("/favicon.svg")?.type).toBe("image/svg+xml");
  expect(pages.assets.get("/robots.txt")?.type).toBe("text/plain; charset=utf-8");
  expect(pages.assets.get(assetNamed(/\.js$/))?.type).toBe("text/javascript; charset=utf-8");
  expect(pages.assets.get(assetNamed(/\.css$/))?.type).toBe("text/css; charset=utf-8");
});

test("the sheet defines every variable that it reads", async () => {
  const css = await textOf(assetNamed(/\.css$/));
  const defined = new Set([...css.matchAll(/(--[a-z0-9_-]+)\s*:/gi)].map((match) => match[1]));
  const needed = [...css.matchAll(/var\((--(?:mantine|pt|wall)-[a-z0-9-]+)\)/g)];
  const missing = needed.map((match) => match[1]).filter((name) => !defined.has(name));
  expect([...new Set(missing)]).toEqual([]);
});

test("nothing is fetched from other sites, and nothing is evaluated from text", async () => {
  for (const path of pages.assets.keys()) {
    const text = await textOf(path);
    expect(text).not.toMatch(/url\(\s*["']?(https?:)?\/\//i);
    expect(text).not.toMatch(/\bnew Function\(|\beval\(/);
  }
});
