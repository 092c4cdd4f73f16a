import { expect, test } from "bun:test";
import { permissionWords } from "./permission_words.ts";

test("permissionWords() tells by area what a role may do", () => {
  expect(permissionWords("support")).toEqual([
    { area: "Overview", may: ["see"] },
    { area: "Users", may: ["see", "block and unblock", "sign out"] },
    { area: "Sessions", may: ["see", "end"] },
  ]);
  const owner = permissionWords("owner").flatMap(({ area, may }) =>
    may.map((it) => `${area} ${it}`),
  );
  expect(owner).toContain("Audit log see");
  expect(owner).toContain("Users give and take roles");
  expect(permissionWords("auditor").every(({ may }) => may.join() === "see")).toBe(true);
});
