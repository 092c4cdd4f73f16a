/**
 * A line for a terminal, with a button that copies it.
 *
 * @module
 */

import "./curl_block.css";
import { Button } from "@mantine/core";
import { toasts } from "../../browser/api.ts";

/** Draws the line. Long ones scroll within their box, also by keyboard. */
export function CurlBlock({ line }: { readonly line: string }) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(line);
      toasts.add("Copied");
    } catch {
      toasts.add("This browser does not let the page copy; select the text instead", "bad");
    }
  }
  return (
    <div className="pt-curl">
      <section tabIndex={0} aria-label="Example with curl">
        <pre>{line}</pre>
      </section>
      <Button variant="default" size="sm" onClick={() => void copy()}>
        Copy
      </Button>
    </div>
  );
}
