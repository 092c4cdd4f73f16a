/**
 * One part of the account page: what it is about on one side, what to do on the other.
 *
 * @module
 */

import type { ReactNode } from "react";

/** What a section is handed. */
export interface SectionProps {
  /** Also its fragment. */
  readonly id: string;
  readonly title: string;
  readonly words: ReactNode;
  readonly children: ReactNode;
}

/** Draws the section. */
export function Section({ id, title, words, children }: SectionProps) {
  const titleId = `${id}-title`;
  return (
    <section className="pt-section" id={id} aria-labelledby={titleId}>
      <div className="pt-section-head">
        <h2 id={titleId}>{title}</h2>
        <p>{words}</p>
      </div>
      <div className="pt-section-body">{children}</div>
    </section>
  );
}
