/**
 * Why nobody is asked whether to let a console in, and what to do about it.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import type { ReactNode } from "react";
import { PageLink } from "../../browser/page_link.tsx";
import { withNext } from "../../browser/safe_next.ts";
import { SignInLayout } from "../../layout/sign_in_layout.tsx";
import type { AuthorizationRefusal, AuthorizationView } from "../../shell.ts";

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly advice: ReactNode;
}

const NOT_OURS = {
  title: "This is not a console of ours",
  advice: (
    <p>
      If you opened it from the Postern console, start the sign-in there once more. If a message or
      a page sent you here, close this page.
    </p>
  ),
};

function here(): string {
  return `${location.pathname}${location.search}`;
}

function wordsOf(reason: AuthorizationRefusal): Words {
  switch (reason) {
    case "unknown_client":
      return { ...NOT_OURS, lead: "The program that asked to be let in is not known here." };
    case "bad_redirect":
      return {
        ...NOT_OURS,
        lead: "The answer would have gone somewhere else than to a console on this computer.",
      };
    case "no_role":
      return {
        title: "You do not administer this server",
        lead: "The console is for people who were given a role here.",
        advice: (
          <p>Ask an owner of this server for a role; then sign in again, and open the console.</p>
        ),
      };
    case "password_change_required":
      return {
        title: "Your password must be changed first",
        lead: "Somebody who administers this server wants another password for this account.",
        advice: (
          <p>
            <PageLink href="/account#password">Choose another password</PageLink>, then start the
            sign-in from the console once more. If you do not know the one that you have, ask for{" "}
            <PageLink href="/forgot-password">a link that sets another</PageLink>.
          </p>
        ),
      };
    case "short_password":
      return {
        title: "Your password is too short for this",
        lead: "An administrator's password has at least 15 characters.",
        advice: (
          <p>
            <PageLink href="/account#password">Choose a longer password</PageLink>, then start the
            sign-in from the console once more.
          </p>
        ),
      };
    case "unknown_password":
      return {
        title: "Sign in once more",
        lead: "An administrator's password has at least 15 characters. How long yours is shows at the next sign-in with it.",
        advice: (
          <p>
            <PageLink href={withNext("/login", here())}>Sign in with your password</PageLink>. If it
            is too short, you are told here what to do.
          </p>
        ),
      };
  }
}

/** Says why. */
export function RefusedPanel({ view }: { readonly view: AuthorizationView & { kind: "refused" } }) {
  const { reason, username } = view;
  const { title, lead, advice } = wordsOf(reason);
  return (
    <SignInLayout
      title={title}
      lead={lead}
      foot={
        username === null ? undefined : (
          <PageLink href={withNext("/login", here())}>Sign in as somebody else</PageLink>
        )
      }
    >
      <Notice tone="warning">No console was let in.</Notice>
      {username === null ? null : (
        <p>
          You are signed in as <strong>{username}</strong>.
        </p>
      )}
      {advice}
    </SignInLayout>
  );
}
