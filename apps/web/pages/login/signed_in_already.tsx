/**
 * A way on for somebody who is signed in already.
 *
 * Offered, not taken: a page that asked for a fresh sign-in would send back here for ever.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { PageLink } from "../../browser/page_link.tsx";
import { useMe } from "../../browser/session.ts";

/** Draws the way on; nothing for a stranger. */
export function SignedInAlready({ next }: { readonly next: string }) {
  const { data: user } = useMe();
  if (user === undefined) return null;
  return (
    <PageLink href={next} className="pt-card pt-login-on">
      <span>
        <span className="pt-dim">You are signed in as</span> {user.name ?? user.username}
      </span>
      <span className="pt-login-on-go">
        Continue <Icon name="arrow" size={16} />
      </span>
    </PageLink>
  );
}
