/**
 * A visit to a provider that failed for somebody who is signed in: linking, most likely.
 *
 * @module
 */

import { useEffect } from "react";
import { go } from "../../browser/location_store.ts";
import { askWho } from "../../browser/session.ts";
import { WaitingPage } from "../../layout/waiting_page.tsx";

/** What it is handed. */
export interface FailureElsewhereProps {
  /** The `error` of the address. */
  readonly code: string;
  /** Called with `true` where nobody is signed in after all, or it cannot be told. */
  readonly setStranger: (isStranger: boolean) => void;
}

/** Finds out who is there, and leads them to the page where the words belong. */
export function FailureElsewhere({ code, setStranger }: FailureElsewhereProps) {
  useEffect(() => {
    let isGone = false;
    async function lead(): Promise<void> {
      const user = await askWho();
      if (isGone) return;
      if (user === undefined) setStranger(true);
      else {
        const error = new URLSearchParams({ error: code });
        go(`/account?${error}#accounts`, { isReplacing: true, isQuiet: true });
      }
    }
    void lead();
    return () => {
      isGone = true;
    };
  }, [code, setStranger]);
  return <WaitingPage />;
}
