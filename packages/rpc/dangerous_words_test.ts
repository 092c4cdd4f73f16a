import { expect, test } from "bun:test";
import { operationWords } from "@postern/wire";
import { adminRouter } from "./admin_router.ts";
import type { AdminMeta } from "./procedure.ts";

interface Procedure {
  readonly _def: { readonly meta?: AdminMeta };
}

test("every dangerous procedure has words for the page that asks to confirm it", () => {
  // By their whole paths, though the type has them by area.
  const procedures: Readonly<Record<string, unknown>> = adminRouter._def.procedures;
  const dangerous = Object.keys(procedures).filter(
    (path) => (procedures[path] as Procedure)._def.meta?.isDangerous === true,
  );
  expect(dangerous).toContain("users.setRole");
  const wordless = dangerous.filter((path) => operationWords(path) === `Call ${path}`);
  expect(wordless).toEqual([]);
});
