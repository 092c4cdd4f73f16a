/**
 * The chunk of each page, loaded when it is first gone to.
 *
 * @module
 */

import { type ComponentType, lazy } from "react";
import type { PageName } from "../page_list.ts";

type PageModule = Promise<ComponentType>;

const LOADERS: Readonly<Record<PageName, () => PageModule>> = {
  account: async () => (await import("../pages/account.tsx")).AccountPage,
  authorize: async () => (await import("../pages/authorize.tsx")).AuthorizePage,
  chat: async () => (await import("../pages/chat.tsx")).ChatPage,
  check_mail: async () => (await import("../pages/check_mail.tsx")).CheckMailPage,
  dashboard: async () => (await import("../pages/dashboard.tsx")).DashboardPage,
  docs: async () => (await import("../pages/docs.tsx")).DocsPage,
  forgot_password: async () => (await import("../pages/forgot_password.tsx")).ForgotPasswordPage,
  home: async () => (await import("../pages/home.tsx")).HomePage,
  invitation: async () => (await import("../pages/invitation.tsx")).InvitationPage,
  login: async () => (await import("../pages/login.tsx")).LoginPage,
  not_found: async () => (await import("../pages/not_found.tsx")).NotFoundPage,
  outbox: async () => (await import("../pages/outbox.tsx")).OutboxPage,
  reset_password: async () => (await import("../pages/reset_password.tsx")).ResetPasswordPage,
  setup: async () => (await import("../pages/setup.tsx")).SetupPage,
  signup: async () => (await import("../pages/signup.tsx")).SignupPage,
  undo_email: async () => (await import("../pages/undo_email.tsx")).UndoEmailPage,
  verify_email: async () => (await import("../pages/verify_email.tsx")).VerifyEmailPage,
};

const loaded = new Map<PageName, ComponentType>();
const failed = new Set<PageName>();

/**
 * Loads the script of the first page, so that nothing stands in for it: once something does, React
 * leaves it there for 300 ms, however soon the page could be drawn. Never fails: what did not load
 * is asked for again by drawing it. Too late it changes nothing.
 */
export async function preparePage(name: PageName): Promise<void> {
  try {
    const page = await LOADERS[name]();
    if (!loaded.has(name)) loaded.set(name, page);
  } catch {
    return;
  }
}

/**
 * Lets pages that did not load be tried again. Not at once when they fail: drawing the failure asks
 * for the page once more, and would go round in circles.
 */
export function forgetFailures(): void {
  for (const name of failed) loaded.delete(name);
  failed.clear();
}

/** The component of a page; it suspends while its script is under way. */
export function pageComponent(name: PageName): ComponentType {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const component = lazy(async () => {
    try {
      return { default: await LOADERS[name]() };
    } catch (cause) {
      failed.add(name);
      throw new Error(`Cannot load the page ${name}`, { cause });
    }
  });
  loaded.set(name, component);
  return component;
}
