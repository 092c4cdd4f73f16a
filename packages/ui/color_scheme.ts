/**
 * Light or dark: the system's choice until a person makes another, which is then remembered.
 *
 * @module
 */

/** Where the choice is kept in `localStorage`: `light`, `dark`, or `auto`. */
export const SCHEME_KEY = "postern-scheme";

/** What Mantine reads the scheme from. */
const SCHEME_ATTRIBUTE = "data-mantine-color-scheme";

/** Colours of the browser's own bars in each scheme: `--pt-page` of `theme.css`. */
export const SCHEME_PAGE_COLORS = { light: "#f7f5f0", dark: "#101412" } as const;

/**
 * A script for the head of a page, so that the first paint has the right colours.
 *
 * It waits for nothing and must run before the style sheet applies. Storage that is switched off
 * counts as no choice.
 */
export const SCHEME_SCRIPT = [
  `let s;try{s=localStorage.getItem("${SCHEME_KEY}")}catch{}`,
  `if(s!=="light"&&s!=="dark")s=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";`,
  `document.documentElement.setAttribute("${SCHEME_ATTRIBUTE}",s)`,
].join("");
