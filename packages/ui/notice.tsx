/**
 * A few words that matter, set apart from the rest.
 *
 * @module
 */

import "./notice.css";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** What a notice is handed. */
export interface NoticeProps {
  readonly tone: "good" | "bad" | "warning";
  readonly children: ReactNode;
  /** Set where the notice appears after something was done: it is then read out at once. */
  readonly isLive?: boolean;
}

const ICONS: Readonly<Record<NoticeProps["tone"], IconName>> = {
  good: "info",
  bad: "alert",
  warning: "alert",
};

/** Shows a notice; its tone is never told by colour alone. */
export function Notice({ tone, children, isLive = false }: NoticeProps) {
  return (
    <div className="pt-notice" data-tone={tone} role={isLive ? "alert" : undefined}>
      <Icon name={ICONS[tone]} size={18} />
      <div>{children}</div>
    </div>
  );
}
