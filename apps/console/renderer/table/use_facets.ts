/**
 * Whether the facets of a list are shown, what they count, and the key that leads there.
 *
 * @module
 */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useKeys } from "../keys/use_keys.ts";
import { useConsole } from "../state/console_state.ts";
import { usePreference } from "../state/preferences.ts";
import type { Facets } from "./facets.ts";
import type { ListSpec } from "./list_spec.ts";

/** Narrowest window, CSS pixels, where they are shown before anybody chose. */
const ROOM_PX = 1_400;

/** How long counts are good for, milliseconds: each count goes through thousands of rows. */
const FRESH_MS = 15_000;

/** The facets of a list. */
export interface ListFacets {
  /** Whether the list has any. */
  readonly areThere: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly found: Facets | undefined;
  readonly error: Error | null;
  readonly rail: RefObject<HTMLElement | null>;
}

const UNTOUCHED: boolean | null = null;

/** Keeps whether they are open, and asks for them while they are. */
export function useFacets<Row>({ area, facets }: ListSpec<Row>, query: string): ListFacets {
  const [chosen, setChosen] = usePreference<boolean | null>(`facets-${area}`, UNTOUCHED);
  const isOpen = facets !== undefined && (chosen ?? innerWidth >= ROOM_PX);
  const rail = useRef<HTMLElement>(null);
  const [isWanted, setWanted] = useState(false);
  const { connection } = useConsole();
  const { data, error } = useQuery({
    queryKey: [area, "facets", query],
    queryFn: () => facets?.(query) ?? null,
    enabled: isOpen && connection !== "offline",
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    const first = rail.current?.querySelector<HTMLElement>("button[data-facet]");
    if (!isWanted || first === undefined || first === null) return;
    first.focus();
    setWanted(false);
  });

  function toggle(): void {
    setChosen(!isOpen);
  }

  function go(): void {
    if (!isOpen) setChosen(true);
    setWanted(true);
  }

  const key = { keys: "f", label: "To the facets", group: "In a list", run: go };
  useKeys(facets === undefined ? [] : [key]);
  return {
    areThere: facets !== undefined,
    isOpen,
    toggle,
    found: data ?? undefined,
    error,
    rail,
  };
}
