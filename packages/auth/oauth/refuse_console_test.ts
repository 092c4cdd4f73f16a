import { expect, test } from "bun:test";
import { refuseConsole } from "./refuse_console.ts";

const ADMIN = {
  role: "auditor",
  passwordHash: "hash",
  passwordIsLong: true,
  mustChangePassword: false,
} as const;

test("refuseConsole() lets in who has a role and a long password, or none", () => {
  expect(refuseConsole(ADMIN)).toBeNull();
  expect(refuseConsole({ ...ADMIN, passwordHash: null, passwordIsLong: null })).toBeNull();
});

test("refuseConsole() takes a password of unknown length for a short one", () => {
  expect(refuseConsole({ ...ADMIN, role: null })).toBe("no_role");
  expect(refuseConsole({ ...ADMIN, passwordIsLong: false })).toBe("short_password");
  expect(refuseConsole({ ...ADMIN, passwordIsLong: null })).toBe("unknown_password");
});

test("refuseConsole() refuses whose password must be changed, however long it is (an old browser session)", () => {
  expect(refuseConsole({ ...ADMIN, mustChangePassword: true })).toBe("password_change_required");
});
