/**
 * What is there while a page's script is under way: nothing at first, since most waits are short.
 *
 * @module
 */

import "./waiting_page.css";
import { Loader } from "@mantine/core";

/** Shows a loader after a moment. */
export function WaitingPage() {
  return (
    <div className="pt-waiting">
      <Loader size={28} role="status" aria-label="Loading" />
    </div>
  );
}
