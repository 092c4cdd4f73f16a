/**
 * The bar at the top of the pages that one sees signed in: where one can go.
 *
 * @module
 */

import "./app_layout.css";
import { ColorSchemeSwitch, GateMark } from "@postern/ui";
import { useAddress } from "../browser/address_context.ts";
import { PageLink } from "../browser/page_link.tsx";
import { SignOutButton } from "./sign_out_button.tsx";

const LINKS = [
  ["/dashboard", "Home"],
  ["/chat", "Chat"],
  ["/account", "Account"],
  ["/api/v1/docs", "API"],
] as const;

/** What the bar is handed. */
export interface AppBarProps {
  /** Whether somebody is signed in, so that there is something to leave. */
  readonly isSignedIn?: boolean;
}

/** Draws it, and before it the way past it. */
export function AppBar({ isSignedIn = true }: AppBarProps) {
  return (
    <>
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
    </>
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
