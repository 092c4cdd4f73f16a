/**
 * What is there for a link from a mail that cannot be used, or was cut short.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import type { ReactNode } from "react";
import { SignInLayout } from "./sign_in_layout.tsx";

/** What the page is handed. */
export interface DeadLinkProps {
  readonly reason: "missing" | "spent";
  /** What to do instead. */
  readonly children: ReactNode;
}

/** Says why, and what to do instead. */
export function DeadLink({ reason, children }: DeadLinkProps) {
  const isMissing = reason === "missing";
  return (
    <SignInLayout
      title={isMissing ? "Open the link from your mail" : "This link no longer works"}
      lead={
        isMissing
          ? "This page needs the link that was mailed to you. If you loaded the page again, open the link once more."
          : undefined
      }
    >
      {isMissing ? null : (
        <Notice tone="warning" isLive>
          It was used already, a newer one took its place, or its time ran out.
        </Notice>
      )}
      <div className="pt-stack">{children}</div>
    </SignInLayout>
  );
}
