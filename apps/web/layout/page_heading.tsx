/**
 * The heading of a page.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import { takeArrival } from "../browser/location_store.ts";

/**
 * Draws it. When its page was gone to without loading anew, it does what the browser would have
 * done: the page starts at its top, and focus at its heading, which is then read out.
 */
export function PageHeading({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takeArrival()) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
