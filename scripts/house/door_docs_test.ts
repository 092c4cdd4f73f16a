import { expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { undocumentedNames } from "./door_docs.ts";

async function lay(files: Record<string, string>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "postern-doors-"));
  for (const [path, text] of Object.entries(files)) await Bun.write(join(root, path), text);
  return root;
}

test("undocumentedNames() follows named and open re-exports to the declaration", async () => {
  const root = await lay({
    "mod.ts":
      'export * from "./a.ts";\nexport { told, silent as mute } from "./sub/b.ts";\nexport { type Gone } from "./sub/b.ts";',
    "a.ts": "/** Says something. */\nexport const A = 1;\nexport const B = 2;\nconst INNER = 3;",
    "sub/b.ts":
      'import "x";\n/** Told. */\nexport function told() {}\nexport function silent() {}\nfunction unseen() {}',
  });
  expect(undocumentedNames(root, "mod.ts")).toEqual(["a.ts: B", "sub/b.ts: mute", "mod.ts: Gone"]);
});

test("undocumentedNames() does not take the module's header for a doc comment", async () => {
  const root = await lay({ "mod.ts": "/**\n * Header.\n *\n * @module\n */\nexport const A = 1;" });
  expect(undocumentedNames(root, "mod.ts")).toEqual(["mod.ts: A"]);
});

test("undocumentedNames() does not take tags alone for a doc comment", async () => {
  const root = await lay({ "mod.ts": "/** @internal */\nexport interface A {}" });
  expect(undocumentedNames(root, "mod.ts")).toEqual(["mod.ts: A"]);
});

test("undocumentedNames() wants one comment for overloads, and for a value and its type", async () => {
  const text =
    "/** Doubles. */\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a: 1 | 2) { return a; }\n" +
    "/** A thing. */\nexport const Thing = 1;\nexport type Thing = 1;";
  const root = await lay({ "mod.ts": text });
  expect(undocumentedNames(root, "mod.ts")).toEqual([]);
});

test("undocumentedNames() reads names that are exported apart from their declaration", async () => {
  const root = await lay({
    "mod.ts": "/** Told. */\nconst a = 1;\nconst b = 2;\nexport { a, b as c };",
  });
  expect(undocumentedNames(root, "mod.ts")).toEqual(["mod.ts: c"]);
});
