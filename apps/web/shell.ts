/**
 * The HTML that every page starts from. It holds no content: script draws that.
 *
 * No inline style and no inline handler, so that the policy needs no `unsafe-inline`; the two inline
 * scripts and every link that loads something carry the answer's nonce.
 *
 * @module
 */

import type { ValueOf } from "@postern/client";
import type { Manifest } from "./manifest.ts";
import type { PageName } from "./page_list.ts";

/** Why nobody is asked whether to let a console in. */
export type AuthorizationRefusal =
  | "unknown_client"
  | "bad_redirect"
  | "no_role"
  | "password_change_required"
  | "short_password"
  | "unknown_password";

/** One thing that is known of an operation. */
export interface OperationFact {
  readonly name: string;
  readonly value: string;
}

/** What the page is to ask whoever is signed in, or why it asks nothing. */
export type AuthorizationView =
  | {
      readonly kind: "refused";
      readonly reason: AuthorizationRefusal;
      readonly username: string | null;
    }
  | {
      readonly kind: "ask";
      /** Who is asked: an answer for anybody else does not count. */
      readonly userId: string;
      readonly username: string;
      readonly name: string | null;
      readonly role: string;
      /** Where the console waits on this computer. */
      readonly address: string;
      readonly may: readonly { readonly area: string; readonly may: readonly string[] }[];
      /** The one operation that the sign-in is for; null: for all. */
      readonly operation: {
        readonly title: string;
        readonly facts: readonly OperationFact[];
      } | null;
    };

/** What a page must know of the server before its first call. */
export interface ShellSettings {
  /** `closed` hides every way to a new account. */
  readonly signup: "verify" | "closed";
  /** Fewest code points of a password, as the operator set it. */
  readonly passwordMinLength: number;
  readonly isDevelopment: boolean;
  /** Whether the request carried a session, access or refresh cookie, good or not. Saves a stranger's page from asking who it is. */
  readonly hasCredentials: boolean;
  /** As the call of that name lists them, so that their buttons come with the page; `null` where they cannot be told. */
  readonly providers: ValueOf<"listProviders">["items"] | null;
  /** Only of the page that lets a console in. */
  readonly authorization?: AuthorizationView;
}

/** What the shell is made from. */
export interface Shell {
  /** Fresh for every answer; the same as in its policy. */
  readonly nonce: string;
  readonly page: PageName;
  readonly title: string;
  readonly settings: ShellSettings;
}

const NO_SCRIPT =
  "This page needs JavaScript. It is served from this site alone, and loads nothing from others.";

/** Writes the shell. */
export function writeShell(manifest: Manifest, shell: Shell): string {
  const nonce = escapeHtml(shell.nonce);
  const { script, style, imports } = manifest.entry;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${escapeHtml(shell.title)}</title>`,
    '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">',
    themeColor("light", manifest.pageColors.light),
    themeColor("dark", manifest.pageColors.dark),
    `<script nonce="${nonce}">${manifest.schemeScript}</script>`,
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    `<link rel="stylesheet" href="${style}" nonce="${nonce}">`,
    ...preloads([...imports, ...manifest.pages[shell.page]], nonce),
    `<script type="module" src="${script}" nonce="${nonce}"></script>`,
    `</head><body><div id="root"></div><noscript><p class="pt-noscript">${NO_SCRIPT}</p></noscript>`,
    `<script type="application/json" id="boot" nonce="${nonce}">`,
    bootJson(shell.settings),
    "</script></body></html>",
  ].join("");
}

function themeColor(scheme: string, color: string): string {
  return `<meta name="theme-color" media="(prefers-color-scheme: ${scheme})" content="${color}">`;
}

function preloads(scripts: readonly string[], nonce: string): readonly string[] {
  return scripts.map((href) => `<link rel="modulepreload" href="${href}" nonce="${nonce}">`);
}

/** A less-than sign could end the element that the settings stand in. */
function bootJson(settings: ShellSettings): string {
  return JSON.stringify(settings).replaceAll("<", "\\u003c");
}

/** Escapes text for an element or a quoted attribute. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
