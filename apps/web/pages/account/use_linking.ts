/**
 * Going to a provider to link an account of it, or to connect one anew.
 *
 * @module
 */

import { useEffect, useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { visitedProvider } from "../../providers/visited_provider.ts";

/** The way to a provider. */
export interface Linking {
  /** The provider that one is on the way to; it stays until the page is left. */
  readonly leavingTo: string | undefined;
  /** Asks for the address and goes there; says so where that cannot be done. */
  readonly link: (provider: string) => Promise<void>;
}

/** Links; on the way back, `linked` in the address says that it was done. */
export function useLinking(): Linking {
  const [leavingTo, setLeavingTo] = useState<string>();
  useEffect(() => {
    // Going back may show this page as it was left.
    const stay = () => setLeavingTo(undefined);
    addEventListener("pageshow", stay);
    return () => removeEventListener("pageshow", stay);
  }, []);
  return {
    leavingTo,
    async link(provider) {
      setLeavingTo(provider);
      const back = `/account?${new URLSearchParams({ linked: provider })}#accounts`;
      const answer = await api.linkAccount(provider, back);
      if (answer.ok) {
        visitedProvider.write(provider);
        location.assign(answer.value.url);
        return;
      }
      setLeavingTo(undefined);
      toasts.add(problemWords(answer.problem), "bad");
    },
  };
}
