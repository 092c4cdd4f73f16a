import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random } from "./crypto.ts";
import { loadRootKey, rootKeyPath } from "./root_key.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postern-root-key-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const GOOD = `${Buffer.alloc(32, 5).toString("base64url")}\n`;

test.each([
  ["file:./data/postern.db", "data/postern.key"],
  ["file:postern.db", "postern.key"],
  ["file:/var/lib/postern/x.db?cache=shared", "/var/lib/postern/postern.key"],
  ["file:///var/lib/a%20b/x.db", "/var/lib/a b/postern.key"],
  ["FILE:sub/x.db", "sub/postern.key"],
  ["file::memory:", "data/postern.key"],
  ["libsql://db.example.com", "data/postern.key"],
  ["https://db.example.com/x.db", "data/postern.key"],
  ["file:%zz.db", "data/postern.key"],
])("rootKeyPath() of %p is %p", (url, path) => {
  expect(rootKeyPath(url)).toBe(path);
});

test("loadRootKey() makes 32 bytes once, for the owner alone, and reads them again", () => {
  const path = join(folder, "new", "deep", "postern.key");
  const made = loadRootKey(path, random);
  if (!made.ok) throw new Error(made.error.message);
  expect(made.value.isNew).toBe(true);
  expect(made.value.bytes).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).toMatch(/^[\w-]{43}\n$/);
  expect(readdirSync(join(folder, "new", "deep"))).toEqual(["postern.key"]);
  expect(loadRootKey(path, random)).toEqual({ ok: true, value: { ...made.value, isNew: false } });
});

test("loadRootKey() follows a symbolic link to a secret elsewhere", () => {
  const path = join(folder, "linked.key");
  symlinkSync(fileWith("target.key", GOOD), path);
  expect(loadRootKey(path, random).ok).toBe(true);
});

test("loadRootKey() takes a key without a line end, and a longer one", () => {
  const path = fileWith("longer.key", Buffer.alloc(64, 5).toString("base64url"));
  const loaded = loadRootKey(path, random);
  expect(loaded.ok && loaded.value.bytes.length).toBe(64);
});

describe("loadRootKey() says in one line what is wrong with a file", () => {
  test.each([
    ["empty", "", 0o600, "it is empty"],
    ["blank", "\n\n", 0o600, "it is empty"],
    ["short", `${Buffer.alloc(31).toString("base64url")}\n`, 0o600, "it holds 31 bytes, need 32"],
    ["hexadecimal", "zz!".repeat(20), 0o600, "it is not base64url"],
    ["two lines", GOOD + GOOD, 0o600, "it is not base64url"],
    ["padded", `${Buffer.alloc(32).toString("base64")}\n`, 0o600, "it is not base64url"],
    ["huge", "A".repeat(1_025), 0o600, "it is longer than 1024 bytes"],
    ["group", GOOD, 0o640, "others may read it (mode 640): chmod 600"],
    ["world", GOOD, 0o604, "others may read it (mode 604): chmod 600"],
    ["writable", GOOD, 0o620, "others may read it (mode 620): chmod 600"],
  ])("%s", (...[name, text, mode, reason]) => {
    const path = fileWith(`bad-${name}.key`, text, mode);
    const loaded = loadRootKey(path, random);
    expect(loaded).toEqual({
      ok: false,
      error: { code: "root_key_unusable", message: `Root key file ${path}: ${reason}` },
    });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a folder", () => {
    const path = join(folder, "folder.key");
    mkdirSync(path);
    const loaded = loadRootKey(path, random);
    expect(loaded.ok ? "" : loaded.error.message).toMatch(
      /^Root key file .*: (it is not a file|cannot read it \(EISDIR\))$/,
    );
  });

  test("a parent that is a file", () => {
    const parent = fileWith("parent", "x");
    const loaded = loadRootKey(join(parent, "postern.key"), random);
    expect(loaded.ok ? "" : loaded.error.message).toMatch(/\((ENOTDIR|EEXIST)\)/);
    expect(loaded.ok ? "" : loaded.error.message).not.toContain("\n");
  });

  test("a link that leads nowhere", () => {
    const path = join(folder, "dangling.key");
    symlinkSync(join(folder, "nowhere"), path);
    const loaded = loadRootKey(path, random);
    expect(loaded.ok ? "" : loaded.error.message).toEndWith("it vanished while the server started");
  });
});

test("loadRootKey() in many processes at once makes one key (race)", async () => {
  const path = join(folder, "race", "postern.key");
  const script = `
    import { loadRootKey } from ${JSON.stringify(join(import.meta.dir, "root_key.ts"))};
    import { random } from ${JSON.stringify(join(import.meta.dir, "crypto.ts"))};
    while (Date.now() < Number(process.argv.at(-1))) {}
    const loaded = loadRootKey(${JSON.stringify(path)}, random);
    console.log(loaded.ok ? Buffer.from(loaded.value.bytes).toString("hex") + " " + loaded.value.isNew : loaded.error.message);`;
  const runner = join(folder, "race.ts");
  writeFileSync(runner, script);
  const start = String(Date.now() + 700);
  const racers = Array.from({ length: 8 }, () =>
    Bun.spawn([process.execPath, runner, start], { stdout: "pipe", cwd: import.meta.dir }),
  );
  const lines = await Promise.all(racers.map((racer) => new Response(racer.stdout).text()));
  const [keys, news] = [
    lines.map((line) => line.split(" ")[0]),
    lines.filter((line) => line.includes("true")),
  ];
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(news).toHaveLength(1);
  expect(readdirSync(join(folder, "race"))).toEqual(["postern.key"]);
}, 180_000);
