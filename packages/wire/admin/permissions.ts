/**
 * What each role of administrators may do, as data. What is not named here is refused.
 *
 * @module
 */

import { z } from "zod";

/** The roles, the mightiest first. */
export const adminRole = z.enum(["owner", "security", "support", "auditor"]);

/** A role of administrators. */
export type AdminRole = z.infer<typeof adminRole>;

const READ = [
  "overview.read",
  "users.read",
  "sessions.read",
  "providers.read",
  "limits.read",
  "audit.read",
  "secrets.read",
  "settings.read",
] as const;

const SUPPORT = [
  "overview.read",
  "users.read",
  "sessions.read",
  "users.block",
  "users.sign_out",
  "sessions.end",
] as const;

const SECURITY = [
  ...READ,
  "users.block",
  "users.sign_out",
  "users.invite",
  "users.require_password_change",
  "users.send_reset",
  "users.delete",
  "sessions.end",
  "sessions.end_matching",
  "providers.edit",
  "providers.delete",
  "limits.edit",
  "secrets.rotate",
] as const;

const OWNER = [...SECURITY, "users.set_role", "settings.update"] as const;

/** What may be permitted. */
export type Permission = (typeof OWNER)[number];

/** What each role permits. */
export const PERMISSIONS: Readonly<Record<AdminRole, ReadonlySet<Permission>>> = {
  owner: new Set<Permission>(OWNER),
  security: new Set<Permission>(SECURITY),
  support: new Set<Permission>(SUPPORT),
  auditor: new Set<Permission>(READ),
};
