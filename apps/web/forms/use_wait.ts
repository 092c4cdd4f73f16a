/**
 * A time to wait before another try, counted down.
 *
 * @module
 */

import { useCallback, useEffect, useState } from "react";

/** Seconds that are left, 0 for none, and the way to set them. */
export interface Wait {
  readonly seconds: number;
  readonly start: (seconds: number) => void;
}

const TICK_MS = 250;

/** Counts against the clock, so that a tab that slept does not wait longer. */
export function useWait(): Wait {
  const [untilMs, setUntilMs] = useState(0);
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (untilMs === 0) return;
    const timer = setInterval(() => {
      setNowMs(Date.now());
      if (Date.now() >= untilMs) setUntilMs(0);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [untilMs]);
  const start = useCallback((seconds: number) => {
    setNowMs(Date.now());
    setUntilMs(Date.now() + seconds * 1_000);
  }, []);
  return {
    seconds: untilMs === 0 ? 0 : Math.max(1, Math.ceil((untilMs - nowMs) / 1_000)),
    start,
  };
}

/** Says a time to wait, as a clock shows it from a minute on. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const rest = String(seconds % 60).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${rest} min`;
}
