/**
 * Rows that came since a list was asked for: told by the server where it tells, else looked for.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useConsole } from "../state/console_state.ts";
import type { ListSpec } from "./list_spec.ts";

/** How often new rows are looked for, milliseconds. */
const LOOK_MS = 4_000;

/** Most rows that are kept to be shown; beyond them the list begins anew. */
const KEPT_MAX = 500;

/** Rows that are new. */
export interface FreshRows<Row> {
  /** The newest first. */
  readonly rows: readonly Row[];
  /** Whether there is none between them and those that are shown. */
  readonly isWhole: boolean;
}

/** Finds them. @param shown The rows that are shown, the newest first. */
export function useFreshRows<Row>(
  spec: ListSpec<Row>,
  query: string,
  shown: readonly Row[],
): FreshRows<Row> {
  const told = useTold(spec, query, shown);
  const { connection } = useConsole();
  const { data } = useQuery({
    queryKey: [spec.area, "newest", query],
    queryFn: () => spec.fetchPage(query, undefined),
    refetchInterval: LOOK_MS,
    enabled: spec.follow === undefined && connection === "online" && shown.length > 0,
  });
  const known = new Set(shown.map(spec.rowId));
  const found = spec.follow === undefined ? (data?.items ?? []) : told;
  const rows = found.filter((row) => !known.has(spec.rowId(row)));
  const isWhole = spec.follow === undefined ? rows.length < found.length : told.length < KEPT_MAX;
  return { rows, isWhole };
}

function useTold<Row>({ follow, rowId }: ListSpec<Row>, query: string, shown: readonly Row[]) {
  const [told, setTold] = useState<readonly Row[]>([]);
  const { currentId } = useConsole();
  const [newest] = shown;
  const isLoaded = newest !== undefined;
  const from = useRef<string | null>(null);
  useEffect(() => {
    from.current = newest === undefined ? null : rowId(newest);
  }, [newest, rowId]);
  useEffect(() => {
    setTold([]);
    // It goes on from the newest row there is when it begins; later ones come by themselves.
    if (follow === undefined || !isLoaded || from.current === null) return;
    const stream = follow(query, from.current, (rows) => {
      setTold((before) => [...rows, ...before].slice(0, KEPT_MAX));
    });
    return () => stream.unsubscribe();
  }, [follow, query, isLoaded, currentId]);
  return told;
}
