/**
 * A part of an area: its heading, and what is in it or stands for it.
 *
 * @module
 */

import { type ReactNode, useId } from "react";
import { ErrorPanel } from "./state_panel.tsx";

/** What a section is handed. */
export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly error?: Error | null;
  readonly isWaiting?: boolean;
  readonly onRetry?: () => unknown;
  readonly children: ReactNode;
}

/** Draws it; what was loaded before stays when asking anew fails. */
export function Section(props: SectionProps) {
  const { error = null, isWaiting = false, onRetry } = props;
  const id = useId();
  return (
    <section className="co-section" aria-labelledby={id}>
      <header className="co-section-head">
        <div>
          <h2 id={id}>{props.title}</h2>
          {props.lead === undefined ? null : <p className="pt-dim">{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {isWaiting && error !== null ? (
        <ErrorPanel error={error} onRetry={() => void onRetry?.()} />
      ) : null}
      {isWaiting && error === null ? (
        <div className="co-ghosts" role="status" aria-label={`Loading: ${props.title}`}>
          <span />
          <span />
          <span />
        </div>
      ) : null}
      {isWaiting ? null : props.children}
    </section>
  );
}
