/**
 * What pages do that need somebody to be signed in: wait, show, or send to the sign-in page.
 *
 * @module
 */

import type { User } from "@postern/wire";
import { type ReactNode, useEffect } from "react";
import { go } from "../browser/location_store.ts";
import { leaveNote } from "../browser/passing_note.ts";
import { withNext } from "../browser/safe_next.ts";
import { isSignedOut, maybeSignedIn, useMe } from "../browser/session.ts";
import { AppLayout } from "./app_layout.tsx";
import { ProblemPanel } from "./problem_panel.tsx";
import { WaitingPage } from "./waiting_page.tsx";

/** What it is handed. */
export interface SignedInProps {
  readonly children: (user: User) => ReactNode;
}

/** Draws its children for whoever is signed in. */
export function SignedIn({ children }: SignedInProps) {
  const { data: user, error, refetch } = useMe();
  const isStranger = !maybeSignedIn() || isSignedOut(error);
  useEffect(() => {
    if (!isStranger) return;
    if (isSignedOut(error)) leaveNote("Your session has ended. Sign in to go on.");
    const here = `${location.pathname}${location.search}${location.hash}`;
    go(withNext("/login", here), { isReplacing: true });
  }, [isStranger, error]);
  if (isStranger) return <WaitingPage />;
  if (user !== undefined) return children(user);
  if (error === null) return <WaitingPage />;
  return (
    <AppLayout title="Something is in the way">
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    </AppLayout>
  );
}
