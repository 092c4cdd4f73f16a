/**
 * What came of a visit to a provider that came to nothing.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import { useEffect } from "react";
import { lastWay } from "./last_way.ts";
import { useVisitedProvider } from "./use_providers.ts";
import { type VisitPlace, visitWords } from "./visit_words.ts";
import { visitedProvider } from "./visited_provider.ts";

/** What it is handed. */
export interface VisitFailureProps {
  /** The `error` of the address. */
  readonly code: string;
  readonly place: VisitPlace;
}

/** Says it in words. Whoever was not let in has not signed in that way. */
export function VisitFailure({ code, place }: VisitFailureProps) {
  const provider = useVisitedProvider();
  useEffect(() => {
    visitedProvider.clear();
    if (place === "login") lastWay.clear();
  }, [place]);
  return (
    <Notice tone="bad" isLive>
      {visitWords(code, place, provider?.name)}
    </Notice>
  );
}
