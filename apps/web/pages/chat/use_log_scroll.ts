/**
 * Scrolling in the log: draws more as one comes near an edge of what is drawn, and stays in place
 * meanwhile.
 *
 * @module
 */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { LogPlace } from "./log_place.ts";
import {
  drawnSpan,
  type LogWindow,
  moved,
  NEWEST,
  reachingBackTo,
  type Span,
} from "./log_window.ts";

/** Distance from the end within which one is taken to read there, pixels. About two lines. */
const AT_END_PX = 56;

/** Part of the log's height above the mark of new messages when one comes to it. */
const ABOVE_NEW = 0.2;

/** What the log shows. */
export interface LogScrollOptions {
  /** What is loaded; undefined before anything is. */
  readonly loaded: Span | undefined;
  readonly hasOlder: boolean;
  /** `seq` after which messages are new; null: none are. */
  readonly newAfter: number | null;
  onNeedOlder(): void;
}

/** Where one is, and the way to the end. */
export interface LogScroll {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** What is drawn. */
  readonly drawn: Span | undefined;
  /** Whether the newest message is in sight. */
  readonly isAtEnd: boolean;
  readonly onScroll: () => void;
  readonly goToEnd: () => void;
}

/** Keeps the place. */
export function useLogScroll(options: LogScrollOptions): LogScroll {
  const { loaded, hasOlder, newAfter, onNeedOlder } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const [place] = useState(() => new LogPlace());
  const [window, setWindow] = useState<LogWindow>(NEWEST);
  const [isAtEnd, setAtEnd] = useState(false);
  const drawn = loaded && drawnSpan(window, loaded);

  function look(): void {
    const log = scroller.current;
    if (log === null || loaded === undefined || drawn === undefined) return;
    const below = log.scrollHeight - log.clientHeight - log.scrollTop;
    const isNowAtEnd = below <= AT_END_PX && drawn.last === loaded.last;
    place.note(log, isNowAtEnd);
    setAtEnd(isNowAtEnd);
    const isNearTop = log.scrollTop < log.clientHeight;
    const sight = { isNearTop, isNearEnd: below < log.clientHeight, isAtEnd: isNowAtEnd };
    setWindow((known) => moved(known, loaded, sight));
    if (isNearTop && hasOlder && drawn.first === loaded.first) onNeedOlder();
  }

  function settle(): void {
    if (scroller.current !== null) place.keep(scroller.current);
    // What is about to be drawn is not where one looks yet.
    if (arrival.current !== "drawing") look();
  }

  const arrival = useArrival({ scroller, place, loaded, newAfter, setWindow });
  useLayoutEffect(settle);
  useResize(scroller, settle);

  function goToEnd(): void {
    setWindow(NEWEST);
    if (scroller.current !== null) place.pin(scroller.current);
  }

  return { scroller, drawn, isAtEnd: loaded === undefined || isAtEnd, onScroll: look, goToEnd };
}

interface ArrivalOptions extends Pick<LogScrollOptions, "loaded" | "newAfter"> {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly place: LogPlace;
  setWindow(window: LogWindow): void;
}

type Arrival = "waiting" | "drawing" | "arrived";

/** Once the first messages are there: goes to where new ones begin, if they do not all fit. */
function useArrival(options: ArrivalOptions): RefObject<Arrival> {
  const { scroller, place, loaded, newAfter, setWindow } = options;
  const step = useRef<Arrival>("waiting");
  useLayoutEffect(() => {
    const log = scroller.current;
    if (log === null || loaded === undefined || step.current === "arrived") return;
    if (step.current === "waiting" && newAfter !== null) {
      setWindow(reachingBackTo(newAfter, loaded));
      step.current = "drawing";
      return;
    }
    step.current = "arrived";
    place.pin(log);
    const mark = log.querySelector<HTMLElement>('[data-row="new"]');
    if (mark === null || mark.getBoundingClientRect().top >= log.getBoundingClientRect().top)
      return;
    place.putRow(log, "new", log.clientHeight * ABOVE_NEW);
  });
  return step;
}

/** Calls back when the log or what is in it has another size, such as when a phone shows its keys. */
function useResize(scroller: RefObject<HTMLDivElement | null>, work: () => void): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    const log = scroller.current;
    if (log === null) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(log);
    for (const child of log.children) observer.observe(child);
    return () => observer.disconnect();
  }, [scroller]);
}
