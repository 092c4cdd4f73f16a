/**
 * What is open, beside its list.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { type ReactNode, useEffect, useRef } from "react";
import type { Address } from "../route/address.ts";
import { copyLink } from "../route/copy_link.ts";

/** What the panel is handed. */
export interface SidePanelProps {
  readonly title: ReactNode;
  readonly label: string;
  /** Where it is found again. */
  readonly place: Address;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Draws it. On a narrow window it stands over the list. */
export function SidePanel({ title, label, place, children, onClose }: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <aside className="co-panel" aria-label={label}>
      <header className="co-panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          className="co-icon-button"
          aria-label="Copy the link"
          title="Copy the link"
          onClick={() => void copyLink(place)}
        >
          <Icon name="link" size={16} />
        </button>
        <button
          type="button"
          className="co-icon-button"
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <div className="co-panel-body">{children}</div>
    </aside>
  );
}

/** A fact in a panel: what it is called, and what it is. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="co-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
