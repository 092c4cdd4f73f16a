/**
 * A mail's text, with its addresses as links.
 *
 * @module
 */

import { splitLinks } from "./split_links.ts";

/** Draws the text as it was written. */
export function MailText({ text }: { readonly text: string }) {
  return (
    <div className="pt-mail-text">
      {splitLinks(text).map((part) =>
        part.isLink ? (
          <a key={part.at} className="pt-link" href={part.text} target="_blank" rel="noopener">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </div>
  );
}
