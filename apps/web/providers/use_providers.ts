/**
 * The providers that are switched on.
 *
 * The server writes them into the page, so that the buttons are there with the first paint: a list
 * that is asked for comes a round trip later and pushes the form about, and room kept for it is a
 * guess, since nobody knows how many there will be. It is asked for only where a page has been open
 * for long, or where the server could not tell.
 *
 * @module
 */

import type { ValueOf } from "@postern/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../browser/api.ts";
import { BOOT } from "../browser/boot_data.ts";
import { unwrap } from "../browser/problem_error.ts";
import { lastWay } from "./last_way.ts";
import { visitedProvider } from "./visited_provider.ts";

/** A provider, as the list has it. */
export type Provider = ValueOf<"listProviders">["items"][number];

/** How long a list is taken for what there is. */
const FRESH_MS = 300_000;

const WRITTEN =
  BOOT.providers === null
    ? {}
    : {
        initialData: { items: [...BOOT.providers], next: null },
        initialDataUpdatedAt: performance.timeOrigin,
      };

/** The list; empty also while it is not known, since nothing is missed without it. */
export function useProviders(): readonly Provider[] {
  const { data } = useQuery({
    queryKey: ["providers"],
    queryFn: () => unwrap(api.listProviders()),
    staleTime: FRESH_MS,
    ...WRITTEN,
  });
  return data?.items ?? [];
}

/** The provider that somebody last signed in with from here, if it can still be used. */
export function useLastProvider(): Provider | undefined {
  const providers = useProviders();
  const [id] = useState(lastWay.read);
  return providers.find((provider) => provider.id === id);
}

/** The provider that this tab comes back from, as far as is known. */
export function useVisitedProvider(): Provider | undefined {
  const providers = useProviders();
  const [id] = useState(visitedProvider.read);
  return providers.find((provider) => provider.id === id);
}
