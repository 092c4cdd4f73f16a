/**
 * Limits: how often something may be done, and by whom it is counted.
 *
 * @module
 */

import { hours, minutes, seconds } from "@postern/std";

/** What a limit counts by. */
export type LimitScope = "address" | "account" | "user" | "connection";

/** Names of the limits that the server has. */
export type LimitId =
  | "anonymous"
  | "signed_in"
  | "login_address"
  | "login_account"
  | "signup_address"
  | "forgot_address"
  | "forgot_account"
  | "magic_link_address"
  | "magic_link_account"
  | "admin_mail_user"
  | "admin_mail_account"
  | "upgrade_address"
  | "chat_connection";

/** A rule: so many in a window, counted by scope. */
export interface Limit {
  readonly id: LimitId;
  readonly name: string;
  readonly count: number;
  readonly windowMs: number;
  readonly scope: LimitScope;
  readonly enabled: boolean;
}

/** What a new database begins with. */
export const DEFAULT_LIMITS: readonly Limit[] = (
  [
    ["anonymous", "Anonymous requests", "address", 100, minutes(1)],
    ["signed_in", "Signed-in requests", "user", 1_000, minutes(1)],
    ["login_address", "Sign-ins from an address", "address", 10, minutes(1)],
    ["login_account", "Sign-ins to an account", "account", 10, minutes(1)],
    ["signup_address", "Signups from an address", "address", 5, hours(1)],
    ["forgot_address", "Forgotten passwords from an address", "address", 5, hours(1)],
    ["forgot_account", "Forgotten passwords of an account", "account", 5, hours(1)],
    ["magic_link_address", "Sign-in links from an address", "address", 5, hours(1)],
    ["magic_link_account", "Sign-in links of an account", "account", 5, hours(1)],
    ["admin_mail_user", "Mails that an administrator sends", "user", 100, hours(1)],
    ["admin_mail_account", "Mails of administrators to an address", "account", 5, hours(1)],
    ["upgrade_address", "WebSocket upgrades from an address", "address", 60, minutes(1)],
    ["chat_connection", "Chat messages on a connection", "connection", 20, seconds(10)],
  ] as const
).map(([id, name, scope, count, windowMs]) => ({
  id,
  name,
  scope,
  count,
  windowMs,
  enabled: true,
}));
