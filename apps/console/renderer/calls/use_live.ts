/**
 * Something that the server tells as it changes: the newest is kept where questions keep their answers.
 *
 * @module
 */

import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useConsole } from "../state/console_state.ts";
import { queries } from "./api.ts";

/** What a stream tells. */
export interface StreamListener<T> {
  readonly onData: (piece: { readonly id: string; readonly data: T }) => void;
  readonly onError: () => void;
}

/** What is followed. */
export interface Live<T> {
  readonly key: QueryKey;
  /** Asks for it as it is now. */
  readonly ask: () => Promise<T>;
  /** Follows it; the answer ends that. */
  readonly follow: (listener: StreamListener<T>) => { unsubscribe: () => void };
  readonly isOn?: boolean;
}

/** How often it is asked for where it cannot be followed, milliseconds. */
const ASK_MS = 15_000;

/** Asks, and follows while the component is there. */
export function useLive<T>({ key, ask, follow, isOn = true }: Live<T>) {
  const { currentId, session } = useConsole();
  const isSignedIn = session !== null;
  const latest = useRef(follow);
  const text = JSON.stringify(key);
  useEffect(() => {
    if (!(isOn && isSignedIn)) return;
    const stream = latest.current({
      onData: ({ data }) => void queries.setQueryData(JSON.parse(text) as QueryKey, data),
      // What cannot be followed is still asked for, now and then.
      onError: () => undefined,
    });
    return () => stream.unsubscribe();
  }, [text, isOn, isSignedIn, currentId]);
  return useQuery({ queryKey: key, queryFn: ask, refetchInterval: ASK_MS, enabled: isOn });
}
