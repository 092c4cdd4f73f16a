/**
 * The frame of the pages that one sees signed in.
 *
 * @module
 */

import "./app_layout.css";
import { ColorSchemeSwitch, GateMark } from "@postern/ui";
import type { ReactNode } from "react";
import { useAddress } from "../browser/address_context.ts";
import { PageLink } from "../browser/page_link.tsx";
import { PageHeading } from "./page_heading.tsx";
import { SignOutButton } from "./sign_out_button.tsx";

/** What the frame is handed. */
export interface AppLayoutProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Whether somebody is signed in, so that there is something to leave. */
  readonly isSignedIn?: boolean;
  readonly children: ReactNode;
}

const LINKS = [
  ["/dashboard", "Home"],
  ["/chat", "Chat"],
  ["/account", "Account"],
  ["/api/v1/docs", "API"],
] as const;

/** Draws the frame. */
export function AppLayout({ title, lead, isSignedIn = true, children }: AppLayoutProps) {
  return (
    <div className="pt-app">
      <a className="pt-skip" href="#content">
        Skip to the content
      </a>
      <header className="pt-app-bar">
        <div className="pt-app-bar-inner">
          <PageLink href="/" className="pt-brand">
            <GateMark />
            <span className="pt-brand-name">Postern</span>
          </PageLink>
          <MainNav />
          <div className="pt-app-end">
            <ColorSchemeSwitch />
            {isSignedIn ? <SignOutButton /> : <PageLink href="/login">Sign in</PageLink>}
          </div>
        </div>
      </header>
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

function MainNav() {
  const { path } = useAddress();
  return (
    <nav className="pt-app-nav" aria-label="Main">
      {LINKS.map(([href, label]) => (
        <PageLink
          key={href}
          href={href}
          className=""
          aria-current={path === href ? "page" : undefined}
        >
          {label}
        </PageLink>
      ))}
    </nav>
  );
}
