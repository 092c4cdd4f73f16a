/**
 * The console's page: which server it looks at, and who is signed in to it.
 *
 * @module
 */

import { GateMark } from "@postern/ui";
import { useEffect, useState } from "react";
import type { Bridge, ConsoleState } from "../ipc/bridge.ts";

/** What the page is handed. */
export interface AppProps {
  readonly bridge: Bridge;
}

/** Draws the page. */
export function App({ bridge }: AppProps) {
  const state = useConsoleState(bridge);
  if (state === null) return null;
  const profile = state.profiles.find(({ id }) => id === state.currentId);
  return (
    <main>
      <GateMark />
      <h1>{profile?.name ?? "No server yet"}</h1>
      <p role="status">{state.session?.username ?? state.connection}</p>
    </main>
  );
}

function useConsoleState(bridge: Bridge): ConsoleState | null {
  const [state, setState] = useState<ConsoleState | null>(null);
  useEffect(() => {
    const stop = bridge.onState(setState);
    void bridge.state().then(setState);
    return stop;
  }, [bridge]);
  return state;
}
