import { expect, test } from "bun:test";
import type { Manifest } from "./manifest.ts";
import { NOT_FOUND, PAGE_LIST, type PageName, pageOf } from "./page_list.ts";
import { type ShellSettings, writeShell } from "./shell.ts";

const SETTINGS: ShellSettings = {
  signup: "verify",
  passwordMinLength: 12,
  isDevelopment: false,
  hasCredentials: true,
  providers: [],
};

const SCRIPTS = {} as Record<PageName, readonly string[]>;
for (const { name } of [...PAGE_LIST, NOT_FOUND]) SCRIPTS[name] = [`/assets/${name}-4.js`];

const MANIFEST: Manifest = {
  inputs: "hash",
  assets: {},
  entry: {
    script: "/assets/main-1.js",
    style: "/assets/main-2.css",
    imports: ["/assets/shared-3.js"],
  },
  pages: SCRIPTS,
  schemeScript: "1",
  pageColors: { light: "#ffffff", dark: "#000000" },
};

function shell(change: Partial<Parameters<typeof writeShell>[1]> = {}): string {
  const given = { nonce: "abc123", page: "login", title: "Sign in", settings: SETTINGS } as const;
  return writeShell(MANIFEST, { ...given, ...change });
}

test("every script, sheet and preload of the shell carries the nonce", () => {
  const tags = shell().match(/<(script|link)\b[^>]*>/g) ?? [];
  const loading = tags.filter((tag) => !tag.includes('rel="icon"'));
  expect(loading.length).toBeGreaterThan(4);
  for (const tag of loading) expect(tag).toContain('nonce="abc123"');
});

test("the shell has no inline style and no inline handler (content security policy)", () => {
  expect(shell()).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/i);
});

test("the shell preloads what its own page needs, and no other", () => {
  const html = shell({ page: "signup" });
  expect(html).toContain('<link rel="modulepreload" href="/assets/signup-4.js"');
  expect(html).toContain('<link rel="modulepreload" href="/assets/shared-3.js"');
  expect(html).not.toContain("login-4.js");
});

test("a title or a setting cannot end its element (script injection)", () => {
  const attack = "</title></script><script>alert(1)</script>";
  const settings = { ...SETTINGS, signup: attack as "verify" };
  const html = shell({ title: attack, nonce: '"><script>', settings });
  expect(html).not.toContain("<script>alert(1)");
  expect(html.match(/<script\b/g)?.length).toBe(shell().match(/<script\b/g)?.length);
  const json = /id="boot"[^>]*>([^<]*)</.exec(html)?.[1] ?? "";
  expect(JSON.parse(json)).toEqual(settings);
});

test("the shell works without script as far as to say so, and follows the system's colours", () => {
  const html = shell();
  expect(html).toContain("<noscript>");
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html.indexOf(">1</script>")).toBeLessThan(html.indexOf("<body>"));
});

test("pageOf() knows exact paths alone, with or without a slash at the end", () => {
  expect(pageOf("/login").name).toBe("login");
  expect(pageOf("/login/").name).toBe("login");
  expect(pageOf("/").name).toBe("home");
  for (const path of ["/login//", "/Login", "/login/x", "", "/__proto__"]) {
    expect(pageOf(path)).toBe(NOT_FOUND);
  }
});
