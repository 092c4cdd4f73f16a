/**
 * Somebody in front of a browser of their own: its cookies, its address, and what it complained of.
 *
 * @module
 */

import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { freshAddress } from "../support/deployment.ts";

/** The system's choice of colours. */
export type Scheme = "light" | "dark";

/** What kind of browser it is. */
export interface PersonOptions {
  readonly scheme?: Scheme;
  readonly width?: number;
  readonly userAgent?: string;
  /** Asks for no motion, as the system's settings can. */
  readonly isStill?: boolean;
  readonly hasTouch?: boolean;
}

/** The person. */
export interface Person extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Where the server sees them call from. */
  readonly address: string;
  /**
   * What a good page gives no cause for, oldest first: errors and warnings in the console, answers
   * of 400 and above (`401 POST /api/v1/auth/login`), breaches of the policy, calls to other origins.
   */
  readonly complaints: string[];
}

/** Longest wait for a page to do something. Tests wait on conditions: it is spent on failure alone. */
const PATIENCE_MS = 90_000;

const HEIGHT_PX = 900;

/** Where the policy is breached, the page tells. */
const WATCH_POLICY = `document.addEventListener("securitypolicyviolation", (event) =>
  noteBreach(event.effectiveDirective + " " + event.blockedURI + " " + event.sample));`;

/** Seats somebody new at a browser; disposed of, it is closed. */
export async function seatPerson(
  browser: Browser,
  origin: string,
  options: PersonOptions = {},
): Promise<Person> {
  const { scheme = "light", width = 1280, userAgent, isStill = false, hasTouch = false } = options;
  const address = freshAddress();
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme: scheme,
    reducedMotion: isStill ? "reduce" : "no-preference",
    viewport: { width, height: HEIGHT_PX },
    extraHTTPHeaders: { "X-Forwarded-For": address },
    hasTouch,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  await context.exposeBinding("noteBreach", (_source, words: string) => {
    complaints.push(`policy: ${words}`);
  });
  await context.addInitScript(WATCH_POLICY);
  context.on("page", (page) => watch(page, origin, complaints));
  const page = await context.newPage();
  return {
    context,
    page,
    address,
    complaints,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

function watch(page: Page, origin: string, complaints: string[]): void {
  page.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource: the server responded");
    if (["error", "warning"].includes(message.type()) && !isRefusal) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() < 400) return;
    complaints.push(`${response.status()} ${wordsOf(response.request())}`);
  });
  page.on("request", (request) => {
    const { origin: asked, protocol, pathname } = new URL(request.url());
    const isElsewhere = ["http:", "https:"].includes(protocol) && asked !== origin;
    if (isElsewhere || pathname === "/api/v1/csp-report") {
      complaints.push(`asked for ${request.url()}`);
    }
  });
}

function wordsOf(request: Request): string {
  return `${request.method()} ${new URL(request.url()).pathname}`;
}
