/**
 * The frame of the pages that one sees signed out: the wall on one side, one thing to do on the other.
 *
 * @module
 */

import "./sign_in_layout.css";
import { ColorSchemeSwitch, GateMark } from "@postern/ui";
import type { ReactNode } from "react";
import { PageLink } from "../browser/page_link.tsx";
import { PageHeading } from "./page_heading.tsx";
import { WallScene } from "./wall_scene.tsx";

/** What the frame is handed. */
export interface SignInLayoutProps {
  readonly title: string;
  /** A sentence or two beneath the title. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Ways elsewhere, at the foot. */
  readonly foot?: ReactNode;
}

/** Draws the frame. The heading takes focus when a page is gone to. */
export function SignInLayout({ title, lead, children, foot }: SignInLayoutProps) {
  return (
    <div className="pt-signin">
      <aside className="pt-signin-scene" aria-label="About Postern">
        <WallScene />
        <Brand />
        <p className="pt-signin-word">
          <em>postern</em>, n. A small gate in a great wall, for those who know the way.
        </p>
      </aside>
      <div className="pt-signin-main">
        <header className="pt-signin-bar">
          <Brand />
          <ColorSchemeSwitch />
        </header>
        <main className="pt-signin-content">
          <div className="pt-signin-head">
            <PageHeading title={title} />
            {lead === undefined ? null : <p>{lead}</p>}
          </div>
          {children}
          {foot === undefined ? null : <div className="pt-signin-foot">{foot}</div>}
        </main>
      </div>
    </div>
  );
}

function Brand() {
  return (
    <PageLink href="/" className="pt-brand">
      <GateMark />
      Postern
    </PageLink>
  );
}
