/**
 * Where a GitHub is: its pages and its API.
 *
 * @see GitHub Docs, "Getting started with the REST API", for each of its editions
 * @module
 */

import type { Provider } from "@postern/auth";

/** Where a GitHub is. */
export interface GithubPlaces {
  readonly authorize: string;
  readonly token: string;
  /** Without a slash at the end. */
  readonly api: string;
  /** What it calls itself in its answers. */
  readonly issuer: string;
}

/** Works out where a GitHub is from the origin of its pages. */
export function githubPlaces({ issuer }: Pick<Provider, "issuer">): GithubPlaces {
  const base = issuer.replace(/\/+$/, "");
  return {
    authorize: `${base}/login/oauth/authorize`,
    token: `${base}/login/oauth/access_token`,
    api: apiOf(new URL(base)),
    issuer: `${base}/login/oauth`,
  };
}

/** The Cloud has its API on a host of its own, a Server under its pages. */
function apiOf({ hostname, origin, protocol }: URL): string {
  const isCloud = hostname === "github.com" || hostname.endsWith(".ghe.com");
  return isCloud ? `${protocol}//api.${hostname}` : `${origin}/api/v3`;
}
