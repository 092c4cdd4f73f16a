/**
 * What is there when a page could not be drawn.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { SignInLayout } from "./sign_in_layout.tsx";

/** Tells a chunk that did not arrive from a bug: the one is mended by loading anew, the other may be. */
export function FailurePage({ error }: { readonly error: Error }) {
  const isLoading = error.message.startsWith("Cannot load");
  return (
    <SignInLayout
      title={isLoading ? "This page did not load" : "This page broke"}
      lead={
        isLoading
          ? "The connection may be down, or the site was updated a moment ago. Loading the page again brings the newest version."
          : "That is our fault. Loading the page again often helps; nothing you saved is lost."
      }
    >
      <div className="pt-row" role="alert">
        <Button onClick={() => location.reload()}>Load again</Button>
        <a className="pt-link" href="/">
          Go to the start
        </a>
      </div>
    </SignInLayout>
  );
}
