/**
 * The frame of the pages that one sees signed in.
 *
 * @module
 */

import "./app_layout.css";
import type { ReactNode } from "react";
import { AppBar } from "./app_bar.tsx";
import { PageHeading } from "./page_heading.tsx";

/** What the frame is handed. */
export interface AppLayoutProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Whether somebody is signed in, so that there is something to leave. */
  readonly isSignedIn?: boolean;
  readonly children: ReactNode;
}

/** Draws the frame. */
export function AppLayout({ title, lead, isSignedIn = true, children }: AppLayoutProps) {
  return (
    <div className="pt-app">
      <AppBar isSignedIn={isSignedIn} />
      <main className="pt-app-main" id="content" tabIndex={-1}>
        <div className="pt-app-head">
          <PageHeading title={title} />
          {lead === undefined ? null : <p>{lead}</p>}
        </div>
        {children}
      </main>
    </div>
  );
}
