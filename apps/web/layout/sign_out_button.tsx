/**
 * The button that ends this session.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import { api, toasts } from "../browser/api.ts";
import { go } from "../browser/location_store.ts";
import { leaveNote } from "../browser/passing_note.ts";
import { forgetUser } from "../browser/session.ts";
import { problemWords } from "../forms/problem_words.ts";

/** Signs out, and says so on the sign-in page; when it does not work one stays signed in, and knows. */
export function SignOutButton() {
  const [isBusy, setBusy] = useState(false);

  async function leave(): Promise<void> {
    setBusy(true);
    const answer = await api.signOut();
    setBusy(false);
    if (!answer.ok) {
      toasts.add(problemWords(answer.problem), "bad");
      return;
    }
    leaveNote("You are signed out.");
    // Away first: a page that needs a user would send whoever is forgotten to sign in, and back.
    go("/login");
    forgetUser();
  }

  return (
    <Button variant="default" size="sm" loading={isBusy} onClick={() => void leave()}>
      Sign out
    </Button>
  );
}
