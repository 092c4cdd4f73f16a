/**
 * What events tell of: every action there is, so that a query can tell a slip of the pen from nothing found.
 *
 * @module
 */

/** Actions of users and of the server. */
const USER_ACTIONS = [
  "login",
  "logout",
  "failed_login",
  "signup",
  "password_change",
  "password_reset",
  "profile_update",
  "oauth_link",
  "oauth_unlink",
  "session_revoke",
  "token_reuse",
  "rate_limited",
  "csp_violation",
] as const;

/** Actions of administrators and of the operator: `admin.<area>.<procedure>`. */
const ADMIN_ACTIONS = [
  "admin.console.allow",
  "admin.console.deny",
  "admin.users.create_owner",
  "admin.users.block",
  "admin.users.unblock",
  "admin.users.sign_out",
  "admin.users.set_role",
  "admin.users.invite",
  "admin.users.require_password_change",
  "admin.users.send_reset",
  "admin.users.delete",
  "admin.sessions.end",
  "admin.sessions.end_matching",
  "admin.providers.create",
  "admin.providers.update",
  "admin.providers.set_enabled",
  "admin.providers.replace_secret",
  "admin.providers.confirm_secret",
  "admin.providers.delete",
  "admin.providers.test",
  "admin.limits.update",
  "admin.limits.reset_count",
  "admin.limits.block_address",
  "admin.limits.unblock_address",
  "admin.settings.update",
  "admin.secrets.rotate",
  "admin.secrets.schedule",
  "admin.secrets.compromise",
  "admin.secrets.retire",
  "admin.secrets.drop",
  // What is shown in the place of one that cannot be read.
  "admin.events.unreadable",
] as const;

/** Every action. */
export const ACTIONS = [...USER_ACTIONS, ...ADMIN_ACTIONS] as const;

/** An action: of a user, or `admin.<area>.<procedure>`. */
export type Action = (typeof ACTIONS)[number];

/** An action of administrators in one area. */
export type AdminActionIn<Area extends string> = Extract<Action, `admin.${Area}.${string}`>;

/** Tells whether a text names an action. */
export function isAction(text: string): text is Action {
  return (ACTIONS as readonly string[]).includes(text);
}
