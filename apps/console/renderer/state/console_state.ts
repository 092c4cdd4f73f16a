/**
 * What main tells of the console: its profiles, who is signed in, and whether the server is heard.
 *
 * @module
 */

import { createContext, useContext, useEffect, useRef, useState } from "react";
import type { ConsoleState, Profile } from "../../ipc/bridge.ts";
import { bridge, queries } from "../calls/api.ts";

/** The state, for whatever is drawn below the shell. */
export const ConsoleContext = createContext<ConsoleState | null>(null);

/** The state. */
export function useConsole(): ConsoleState {
  const state = useContext(ConsoleContext);
  if (state === null) throw new TypeError("Cannot read the console's state outside of its context");
  return state;
}

/** The profile that is open; undefined where there is none. */
export function currentProfile(state: ConsoleState): Profile | undefined {
  return state.profiles.find(({ id }) => id === state.currentId);
}

/** Whose answers these are: a server's, to somebody. */
export function whoseOf({ currentId, session }: ConsoleState): string {
  return `${currentId} ${session?.username}`;
}

/** Follows the state as main tells it; null until it has. */
export function useToldState(): ConsoleState | null {
  const [state, setState] = useState<ConsoleState | null>(null);
  useEffect(() => {
    let whose: string | null = null;
    function hear(told: ConsoleState): void {
      // What another server, or somebody else, was told is forgotten before anything is drawn anew.
      if (whose !== null && whose !== whoseOf(told)) queries.clear();
      whose = whoseOf(told);
      setState(told);
    }
    const stop = bridge.onState(hear);
    void hearFirst(hear);
    return stop;
  }, []);
  useCatchingUp(state?.connection === "online");
  return state;
}

async function hearFirst(hear: (state: ConsoleState) => void): Promise<void> {
  hear(await bridge.state());
}

/** What a break missed is asked for. */
function useCatchingUp(isOnline: boolean): void {
  const wasCutOff = useRef(false);
  useEffect(() => {
    if (isOnline && wasCutOff.current) void queries.invalidateQueries();
    wasCutOff.current = !isOnline;
  }, [isOnline]);
}
