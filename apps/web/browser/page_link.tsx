/**
 * A link to another page, in the look of links in text.
 *
 * @module
 */

import type { AnchorHTMLAttributes } from "react";

/** What a link takes; `href` is an address of this origin. */
export interface PageLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
}

/** An ordinary anchor. `follow_links.ts` keeps it from loading everything anew. */
export function PageLink({ className = "pt-link", children, ...rest }: PageLinkProps) {
  return (
    <a {...rest} className={className}>
      {children}
    </a>
  );
}
