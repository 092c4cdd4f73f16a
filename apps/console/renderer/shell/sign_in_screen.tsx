/**
 * Nobody is signed in to the server: sign in by the browser, wait for it, or look at another.
 *
 * @module
 */

import { Button, Loader } from "@mantine/core";
import { GateMark, Notice } from "@postern/ui";
import { useState } from "react";
import type { Profile } from "../../ipc/bridge.ts";
import { bridge } from "../calls/api.ts";
import type { Problem } from "../calls/problem.ts";
import { problemWords } from "../calls/problem_words.ts";
import { useConsole } from "../state/console_state.ts";
import { ProfileSwitcher } from "./profile_switcher.tsx";

/** Draws it. */
export function SignInScreen({ profile }: { readonly profile: Profile }) {
  const state = useConsole();
  const [problem, setProblem] = useState<Problem | null>(null);

  async function signIn(): Promise<void> {
    setProblem(null);
    const signed = await bridge.signIn();
    if (!signed.ok && signed.error.code !== "cancelled") {
      setProblem({ ...signed.error, call: null });
    }
  }

  return (
    <main className="co-door" data-color={profile.color}>
      <div className="co-door-card">
        <div className="co-door-top">
          <span className="co-brand">
            <GateMark size={28} /> Postern
          </span>
          <ProfileSwitcher profile={profile} />
        </div>
        <h1>Sign in to {profile.name}</h1>
        <p className="pt-dim">
          Your browser opens <span className="pt-mono">{hostOf(profile.url)}</span>. Look at the
          address there before you type anything, then allow the console.
        </p>
        {state.storage === "memory" ? <MemoryNotice /> : null}
        {problem === null ? null : (
          <Notice tone="bad" isLive>
            {problemWords(problem)}
          </Notice>
        )}
        {state.signingIn ? (
          <Waiting />
        ) : (
          <Button size="md" onClick={() => void signIn()}>
            Sign in with the browser
          </Button>
        )}
      </div>
    </main>
  );
}

function Waiting() {
  return (
    <div className="co-waiting">
      <Loader size="sm" aria-hidden="true" />
      <p role="status">
        Waiting for your browser. Finish there, and this window goes on by itself.
      </p>
      <Button variant="default" size="sm" onClick={() => void bridge.cancelSignIn()}>
        Cancel
      </Button>
    </div>
  );
}

function MemoryNotice() {
  return (
    <Notice tone="warning">
      This system keeps no secrets for programs, so the sign-in is kept in memory only and ends when
      the console is closed. A keyring, such as GNOME Keyring or KWallet, changes that.
    </Notice>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
