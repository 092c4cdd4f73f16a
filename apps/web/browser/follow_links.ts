/**
 * Follows links between our pages without loading everything anew.
 *
 * One listener for the whole document: the links stay plain anchors, so that a new tab, a copied
 * address and a middle click work as they should.
 *
 * @module
 */

import { NOT_FOUND, pageOf } from "../page_list.ts";
import { go } from "./location_store.ts";

/** Starts following. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || wantsElsewhere(event) || !isToPage(link)) return;
    event.preventDefault();
    go(`${link.pathname}${link.search}${link.hash}`);
  });
}

function wantsElsewhere(event: MouseEvent): boolean {
  const hasKey = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.defaultPrevented || hasKey || event.button !== 0;
}

/** A link within the same page is the browser's own affair. */
function isToPage(link: HTMLAnchorElement): boolean {
  const isPlain = link.target === "" && !link.hasAttribute("download");
  const isHere = link.pathname === location.pathname && link.search === location.search;
  const isInPage = isHere && link.hash !== "";
  return (
    isPlain && !isInPage && link.origin === location.origin && pageOf(link.pathname) !== NOT_FOUND
  );
}
