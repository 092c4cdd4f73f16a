/**
 * A message's text, with its addresses as links.
 *
 * @module
 */

import { splitLinks } from "../../text/split_links.ts";

/** Draws it as text, whatever it holds; its own direction does not reach beyond it. */
export function LinkedText({ text }: { readonly text: string }) {
  return (
    <p className="pt-message-text" dir="auto">
      {splitLinks(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a
            key={part.at}
            className="pt-link"
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
