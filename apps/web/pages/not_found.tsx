/**
 * What stands for a path that is no page.
 *
 * @module
 */

import { PageLink } from "../browser/page_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";

/** Says so, and leads back. */
export function NotFoundPage() {
  return (
    <SignInLayout
      title="There is no gate here"
      lead="Nothing is at this address. It may have moved, or the link was cut short."
    >
      <p>
        <PageLink href="/">Go to the start</PageLink>
      </p>
    </SignInLayout>
  );
}
