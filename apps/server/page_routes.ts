/**
 * The pages, their files, and the page that says that there is none.
 *
 * @module
 */

import { type Letter, newSecret, renderMail } from "@postern/auth";
import type { EpochMs, Random } from "@postern/std";
import type { Asset, AuthorizationView, Pages, ShellSettings } from "@postern/web";
import { OPERATIONS } from "@postern/wire";
import type { Answers } from "./http/answers.ts";
import type { CookieReader } from "./http/cookies.ts";
import type { ContentSecurityPolicies } from "./http/csp.ts";
import { refuseDoubledCookie } from "./http/doubled_cookie.ts";
import type { RequestContext } from "./http/request_context.ts";
import { CSP_HEADER } from "./http/security_headers.ts";
import { toChangePassword } from "./routes/to_change_password.ts";
import type { ShownProviders } from "./shown_providers.ts";

/** What serving pages needs. */
export interface PageRoutesDeps {
  readonly pages: Pages;
  readonly answers: Answers;
  readonly policies: ContentSecurityPolicies;
  readonly readCookies: CookieReader;
  readonly random: Random;
  /** As they are in force. */
  readonly settings: () => Omit<ShellSettings, "hasCredentials" | "providers" | "authorization">;
  readonly shownProviders: Pick<ShownProviders, "read">;
  /** Mails for `/dev/outbox`. */
  readonly outbox: {
    list(
      limit: number,
    ): Promise<readonly (Letter & { readonly id: string; readonly createdAt: EpochMs })[]>;
  };
  readonly publicUrl: string;
}

/** One path that is answered with a page or a file. */
export interface PageRoute {
  readonly path: string;
  readonly handle: (context: RequestContext) => Response | Promise<Response>;
}

/** All of them. */
export interface PageRoutes {
  readonly list: readonly PageRoute[];
  notFound(context: RequestContext): Response;
  /** The answer to a request with one of our cookies twice; `null` to any other. */
  refuseDoubled(context: RequestContext): Response | null;
  /** The page that asks an administrator about a console, or says why it does not. */
  authorization(context: RequestContext, status: number, view: AuthorizationView): Response;
}

/** Makes the routes of pages and files. */
export function createPageRoutes(deps: PageRoutesDeps): PageRoutes {
  const { isDevelopment } = deps.settings();
  const shown = deps.pages.list.filter(
    (page) => !page.isDecided && (isDevelopment || !page.isDevelopmentOnly),
  );
  return {
    list: [
      ...shown.map(({ path }) => ({
        path,
        handle: async (context: RequestContext) =>
          sendPage(deps, context, { path, status: 200, providers: await readProviders(deps) }),
      })),
      toChangePassword(deps.answers),
      ...(isDevelopment ? [outboxRoute(deps)] : []),
      ...[...deps.pages.assets].map(([path, asset]) => ({
        path,
        handle: (context: RequestContext) => sendAsset(deps, context, asset),
      })),
    ],
    notFound: (context) => sendPage(deps, context, { path: "/404", status: 404, providers: null }),
    refuseDoubled(context) {
      const cookies = deps.readCookies(context.request.headers.get("cookie"));
      return cookies.ok ? null : refuseDoubledCookie(deps.answers, context);
    },
    authorization: (context, status, authorization) =>
      sendPage(deps, context, {
        path: OPERATIONS.showAuthorization.path,
        status,
        providers: null,
        authorization,
      }),
  };
}

/** Mails that the development page shows at most. */
const OUTBOX_SHOWN = 100;

function outboxRoute(deps: PageRoutesDeps): PageRoute {
  return {
    path: "/dev/outbox.json",
    async handle(context) {
      const mails = await deps.outbox.list(OUTBOX_SHOWN);
      const items = mails.map(({ id, to, mail, createdAt }) => ({
        id,
        to,
        ...renderMail(mail, deps.publicUrl),
        created_at: new Date(createdAt).toISOString(),
        status: "kept",
      }));
      return deps.answers.json(context, { items });
    },
  };
}

/**
 * Reads the providers for a page. One without them is better than none: it asks for them itself, and
 * says what is wrong.
 */
async function readProviders(deps: PageRoutesDeps): Promise<ShellSettings["providers"]> {
  try {
    return await deps.shownProviders.read();
  } catch {
    return null;
  }
}

interface PageAnswer extends Pick<ShellSettings, "providers" | "authorization"> {
  readonly path: string;
  readonly status: number;
}

function sendPage(deps: PageRoutesDeps, context: RequestContext, page: PageAnswer): Response {
  context.route = page.status === 404 ? "unmatched" : page.path;
  const nonce = newSecret(deps.random);
  const cookies = deps.readCookies(context.request.headers.get("cookie"));
  const hasCredentials =
    cookies.ok &&
    [cookies.value.session, cookies.value.access, cookies.value.refresh].some(
      (cookie) => cookie !== undefined,
    );
  const { providers, authorization } = page;
  const told = authorization === undefined ? {} : { authorization };
  const settings = { ...deps.settings(), hasCredentials, providers, ...told };
  const html = deps.pages.renderShell({ nonce, path: page.path, settings });
  return deps.answers.raw(context, html, {
    status: page.status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      [CSP_HEADER]: deps.policies.page(nonce),
    },
  });
}

/** How long a file may be kept whose name changes with its content, seconds: a year. RFC 9111 has no more to say. */
const IMMUTABLE = "public, max-age=31536000, immutable";

function sendAsset(deps: PageRoutesDeps, context: RequestContext, asset: Asset): Response {
  context.route = "/assets";
  const accepted = context.request.headers.get("accept-encoding") ?? "";
  const encoding = encodingOf(asset, accepted);
  const files = { br: asset.brotli, gzip: asset.gzip, identity: asset.file };
  const file = files[encoding ?? "identity"] ?? asset.file;
  return deps.answers.raw(context, Bun.file(file), {
    headers: {
      "Content-Type": asset.type,
      "Cache-Control": asset.isImmutable ? IMMUTABLE : "public, max-age=3600",
      Vary: "Accept-Encoding, Origin",
      ...(encoding === undefined ? {} : { "Content-Encoding": encoding }),
    },
  });
}

function encodingOf(asset: Asset, accepted: string): "br" | "gzip" | undefined {
  const names = accepted.split(",").map((name) => name.trim().toLowerCase());
  if (asset.brotli !== undefined && names.some((name) => name === "br" || name === "*"))
    return "br";
  return asset.gzip !== undefined && names.includes("gzip") ? "gzip" : undefined;
}
