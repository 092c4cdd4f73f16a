/**
 * Every page there is: its path, its file under `pages/`, and its title.
 *
 * Data alone, so that the server, the build and the browser can all read it.
 *
 * @module
 */

/** The file of a page under `pages/`, without its ending. */
export type PageName =
  | "account"
  | "authorize"
  | "chat"
  | "check_mail"
  | "dashboard"
  | "docs"
  | "forgot_password"
  | "home"
  | "invitation"
  | "login"
  | "not_found"
  | "outbox"
  | "reset_password"
  | "setup"
  | "signup"
  | "undo_email"
  | "verify_email";

/** One page. */
export interface PageEntry {
  readonly name: PageName;
  /** Exact path, without a slash at its end. */
  readonly path: string;
  readonly title: string;
  /** Set for pages that exist under `bun run dev` alone. */
  readonly isDevelopmentOnly: boolean;
  /** Set for pages that the server decides about at each visit, so that they are always loaded anew. */
  readonly isDecided: boolean;
}

function page(name: PageName, path: string, title: string): PageEntry {
  const isDecided = name === "authorize";
  return { name, path, title, isDevelopmentOnly: path.startsWith("/dev/"), isDecided };
}

/** All pages that have a path. */
export const PAGE_LIST: readonly PageEntry[] = [
  page("home", "/", "Postern"),
  page("login", "/login", "Sign in"),
  page("signup", "/signup", "Create an account"),
  page("check_mail", "/check-mail", "Check your mail"),
  page("verify_email", "/verify-email", "Confirm your address"),
  page("forgot_password", "/forgot-password", "Forgotten password"),
  page("reset_password", "/reset-password", "Set a new password"),
  page("undo_email", "/undo-email", "Take an address back"),
  page("invitation", "/invitation", "Make your account"),
  page("setup", "/setup", "Set up"),
  page("authorize", "/oauth/authorize", "Let a console in"),
  page("dashboard", "/dashboard", "Home"),
  page("chat", "/chat", "Chat"),
  page("account", "/account", "Account"),
  page("docs", "/api/v1/docs", "API"),
  page("outbox", "/dev/outbox", "Outbox"),
];

/** What stands for every other path. */
export const NOT_FOUND: PageEntry = page("not_found", "", "Not found");

/** Finds the page of a path; a slash at the end makes no difference. */
export function pageOf(path: string): PageEntry {
  const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return PAGE_LIST.find((entry) => entry.path === bare) ?? NOT_FOUND;
}
