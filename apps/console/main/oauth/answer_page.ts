/**
 * What the browser shows once it has brought its answer.
 *
 * @module
 */

import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; padding: 1rem }
main { max-width: 26rem }
h1 { font-size: 1.4rem }
`;

/** A page, and the headers that it comes with. */
export interface AnswerPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Writes the page. Nothing of the request is in it. */
export function answerPage(isGood: boolean): AnswerPage {
  const title = isGood ? "Return to the console" : "The console was not let in";
  const text = isGood
    ? "The console has what it needs. You can close this page."
    : "Nothing was changed. The console says why; you can close this page.";
  const hash = createHash("sha256").update(STYLE).digest("base64");
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  };
}
