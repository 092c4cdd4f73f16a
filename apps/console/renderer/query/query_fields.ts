/**
 * The fields of a query, as the box completes them. What they mean, the server decides.
 *
 * @module
 */

/** A field of a query. */
export type QueryField =
  | "user"
  | "ip"
  | "action"
  | "role"
  | "state"
  | "provider"
  | "device"
  | "success"
  | "since"
  | "until";

/** One way to go on typing. */
export interface Choice {
  /** What is put into the box. */
  readonly value: string;
  /** What stands beside it. */
  readonly hint: string;
}

/** What each field is for. */
export const FIELD_HINTS: Readonly<Record<QueryField, string>> = {
  user: "username, address or id",
  ip: "address, or a range such as 10.0.0.0/8",
  action: "what was done",
  role: "of administrators",
  state: "of the account",
  provider: "how the session was opened",
  device: "part of the user agent",
  success: "whether it was done",
  since: "from then on: 2h, 7d or a time",
  until: "before then: 2h, 7d or a time",
};

const SPANS: readonly Choice[] = [
  { value: "15m", hint: "a quarter of an hour" },
  { value: "1h", hint: "an hour" },
  { value: "2h", hint: "two hours" },
  { value: "24h", hint: "a day" },
  { value: "7d", hint: "a week" },
  { value: "30d", hint: "thirty days" },
];

const ACTIONS: readonly Choice[] = [
  { value: "login", hint: "a session began" },
  { value: "failed_login", hint: "a sign-in was refused" },
  { value: "logout", hint: "a session was ended by itself" },
  { value: "signup", hint: "a new account" },
  { value: "password_change", hint: "" },
  { value: "password_reset", hint: "" },
  { value: "profile_update", hint: "" },
  { value: "oauth_link", hint: "" },
  { value: "oauth_unlink", hint: "" },
  { value: "session_revoke", hint: "" },
  { value: "token_reuse", hint: "a spent token came again" },
  { value: "rate_limited", hint: "a limit was reached" },
  { value: "csp_violation", hint: "" },
  { value: "admin.users.block", hint: "" },
  { value: "admin.users.unblock", hint: "" },
  { value: "admin.users.sign_out", hint: "" },
  { value: "admin.users.set_role", hint: "" },
  { value: "admin.sessions.end", hint: "" },
  { value: "admin.sessions.end_matching", hint: "" },
  { value: "admin.limits.update", hint: "" },
  { value: "admin.limits.block_address", hint: "" },
  { value: "admin.limits.unblock_address", hint: "" },
  { value: "admin.providers.create", hint: "" },
  { value: "admin.providers.update", hint: "" },
  { value: "admin.providers.delete", hint: "" },
  { value: "admin.secrets.rotate", hint: "" },
  { value: "admin.secrets.compromise", hint: "" },
  { value: "admin.settings.update", hint: "" },
  { value: "admin.console.allow", hint: "" },
];

/** Values that are known without asking anybody. */
export const FIELD_VALUES: Readonly<Partial<Record<QueryField, readonly Choice[]>>> = {
  action: ACTIONS,
  role: ["owner", "security", "support", "auditor", "none"].map(bare),
  state: ["active", "blocked", "unverified"].map(bare),
  success: ["true", "false"].map(bare),
  since: SPANS,
  until: SPANS,
  provider: ["password", "email_link", "console", "setup_link"].map(bare),
};

function bare(value: string): Choice {
  return { value, hint: "" };
}
