/**
 * What main tells of the console: its profiles, who is signed in, and whether the server is heard.
 *
 * @module
 */

import { createContext, useContext, useEffect, useState } from "react";
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

/** Follows the state as main tells it; null until it has. */
export function useToldState(): ConsoleState | null {
  const [state, setState] = useState<ConsoleState | null>(null);
  useEffect(() => {
    const stop = bridge.onState(setState);
    void hearFirst(setState);
    return stop;
  }, []);
  useForgetting(state);
  return state;
}

async function hearFirst(setState: (state: ConsoleState) => void): Promise<void> {
  setState(await bridge.state());
}

/** What another server, or somebody else, was told is not shown; what a break missed is asked for. */
function useForgetting(state: ConsoleState | null): void {
  const whose = state === null ? null : `${state.currentId} ${state.session?.username}`;
  const isOnline = state?.connection === "online";
  useEffect(() => {
    if (whose !== null) queries.clear();
  }, [whose]);
  useEffect(() => {
    if (isOnline) void queries.invalidateQueries();
  }, [isOnline]);
}
