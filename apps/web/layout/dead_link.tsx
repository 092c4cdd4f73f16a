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
  /** What to say where the link did not come by mail, and is missing. */
  readonly missing?: { readonly title: string; readonly lead: string };
  /** What to do instead. */
  readonly children: ReactNode;
}

const MAILED = {
  title: "Open the link from your mail",
  lead: "This page needs the link that was mailed to you. If you loaded the page again, open the link once more.",
};

/** Says why, and what to do instead. */
export function DeadLink({ reason, missing = MAILED, children }: DeadLinkProps) {
  const isMissing = reason === "missing";
  return (
    <SignInLayout
      title={isMissing ? missing.title : "This link no longer works"}
      lead={isMissing ? missing.lead : undefined}
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
