/**
 * A mail's text, with its addresses as links.
 *
 * @module
 */

import { splitLinks } from "../../text/split_links.ts";

/** Draws the text as it was written. */
export function MailText({ text }: { readonly text: string }) {
  return (
    <div className="pt-mail-text">
      {splitLinks(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={part.at} className="pt-link" href={part.href} target="_blank" rel="noopener">
            {part.text}
          </a>
        ),
      )}
    </div>
  );
}
