/**
 * The token of the link that opened a page, for the page.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import { linkToken } from "./link_token.ts";

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  return () => removeEventListener("popstate", listener);
}

/** Re-renders when another link is opened in the same tab. `undefined` without a token. */
export function useLinkToken(): string | undefined {
  return useSyncExternalStore(subscribe, linkToken);
}
