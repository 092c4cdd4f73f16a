import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProfileBook } from "./profile_book.ts";

const DRAFT = {
  name: "Home",
  url: "https://auth.example.com",
  color: "teal",
  production: true,
} as const;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postern-profiles-"));
  path = join(folder, "profiles.json");
});

afterEach(() => rm(folder, { recursive: true }));

test("a profile book keeps what is saved, which is open, and the theme, for its owner alone", async () => {
  const book = await openProfileBook(path);
  const saved = await book.save(DRAFT);
  if (!saved.ok) throw new Error(saved.error.message);
  await book.open(saved.data.id);
  await book.setTheme("dark");
  const again = await openProfileBook(path);
  expect(again.current).toEqual({ ...DRAFT, id: saved.data.id });
  expect(again.theme).toBe("dark");
  expect((await stat(path)).mode & 0o077).toBe(0);
  await again.remove(saved.data.id);
  expect((await openProfileBook(path)).current).toBeNull();
});

test("a profile book changes a profile under its id, and takes no name twice", async () => {
  const book = await openProfileBook(path);
  const [one, other] = [await book.save(DRAFT), await book.save({ ...DRAFT, name: "Work" })];
  if (!one.ok || !other.ok) throw new Error("Cannot save");
  const renamed = { ...DRAFT, id: one.data.id, name: "House" };
  expect(await book.save(renamed)).toEqual({ ok: true, data: renamed });
  const field = { error: { code: "invalid_request", errors: [{ path: "name" }] } };
  expect(await book.save({ ...renamed, name: "Work" })).toMatchObject(field);
  expect(await book.save({ ...renamed, name: "  " })).toMatchObject(field);
  const unknown = { ...DRAFT, id: crypto.randomUUID(), name: "New" };
  expect(await book.save(unknown)).toMatchObject({ error: { code: "unknown_profile" } });
  expect(book.profiles.map(({ name }) => name)).toEqual(["House", "Work"]);
});

test("a file that makes no sense, or that leads to a server that may not be called, is put aside", async () => {
  const evil = { ...DRAFT, id: crypto.randomUUID(), url: "http://evil.example" };
  const bad = { version: 1, currentId: null, theme: "dark", profiles: [evil] };
  for (const text of ["", "{", "[]", JSON.stringify(bad)]) {
    await writeFile(path, text);
    expect((await openProfileBook(path)).profiles).toEqual([]);
    expect(await readdir(folder)).toEqual(["profiles.json.unreadable"]);
  }
});
