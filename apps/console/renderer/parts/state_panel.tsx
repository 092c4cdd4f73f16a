/**
 * What stands where there is nothing to show: empty, waiting, refused, or broken, and what to do then.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon, type IconName } from "@postern/ui";
import type { ReactNode } from "react";
import { problemOf } from "../calls/problem.ts";
import { problemWords } from "../calls/problem_words.ts";

/** What the panel is handed. */
export interface StatePanelProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Set where it came up after something was asked. */
  readonly isLive?: boolean;
}

/** Shows it. */
export function StatePanel({ icon, title, children, action, isLive = false }: StatePanelProps) {
  return (
    <div className="co-state" role={isLive ? "alert" : undefined}>
      <span className="co-state-icon">
        <Icon name={icon} size={22} />
      </span>
      <p className="co-state-title">{title}</p>
      {children === undefined ? null : <div className="co-state-words">{children}</div>}
      {action === undefined ? null : (
        <Button variant="default" size="sm" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

/** Shows why something could not be loaded. */
export function ErrorPanel({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  const problem = problemOf(error);
  const isOffline = problem.code === "offline";
  return (
    <StatePanel
      icon={isOffline ? "unplugged" : "alert"}
      title={isOffline ? "The server cannot be reached" : "This could not be loaded"}
      action={{ label: "Try again", run: onRetry }}
      isLive
    >
      {isOffline
        ? "It is asked again as soon as it answers. If it stays away, look at its host: its log, its disk, and its clock."
        : problemWords(problem)}
    </StatePanel>
  );
}
