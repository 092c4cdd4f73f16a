/**
 * The address of the console's own page, and what may be called that.
 *
 * @module
 */

/** A scheme of our own, so that the page has an origin and no file of this machine is one. */
export const PAGE_SCHEME = "app";

/** Host of the page. */
const PAGE_HOST = "console";

/** The page itself. */
export const PAGE_URL: string = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`;

/** Tells whether an address is within the console's own page. */
export function isOwnPage(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === "" &&
    url.password === ""
  );
}
