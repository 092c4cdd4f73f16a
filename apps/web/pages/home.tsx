/**
 * `/`: leads on to where one is going.
 *
 * @module
 */

import { useEffect } from "react";
import { go } from "../browser/location_store.ts";
import { HOME_PATH } from "../browser/safe_next.ts";
import { maybeSignedIn } from "../browser/session.ts";
import { WaitingPage } from "../layout/waiting_page.tsx";

/** Goes to the home page, which sends on whoever is not signed in after all. */
export function HomePage() {
  useEffect(() => {
    go(maybeSignedIn() ? HOME_PATH : "/login", { isReplacing: true, isQuiet: true });
  }, []);
  return <WaitingPage />;
}
