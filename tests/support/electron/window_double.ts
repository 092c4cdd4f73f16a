/**
 * A window of Electron that is a page of the system's Chromium.
 *
 * The console's own scheme is one that Chromium does not know, so the page is at an https address that
 * leads nowhere, and whatever it asks is answered by what main registered for the scheme. Navigation and
 * new windows ask main's own listeners, as Electron does.
 *
 * @module
 */

import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions } from "electron";
import type { BrowserContext, Frame, Page, Route } from "playwright-core";
import { CALL_BINDING, preloadScript, TELL_SYMBOL } from "./preload_script.ts";

/** Where Chromium has the console's page. */
const SHOWN = "https://console.invalid/";
const OWN = "app://console/";

/** What a window asks of the rest of the double. */
export interface WindowParts {
  readonly context: BrowserContext;
  /** What main registered for a scheme. */
  readonly serve: (request: Request) => Promise<Response>;
  /** Calls what main registered for a channel. */
  readonly invoke: (event: InvokeEvent, channel: string, sent: readonly unknown[]) => unknown;
}

/** Who calls main, as Electron tells it. */
export interface InvokeEvent {
  readonly sender: unknown;
  readonly senderFrame: { readonly url: string } | null;
}

/** What a page wanted and did not get. */
export interface Refusals {
  readonly navigations: string[];
  readonly windows: string[];
  readonly requests: string[];
}

/** A window. */
export class WindowDouble extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly refused: Refusals = { navigations: [], windows: [], requests: [] };
  readonly webContents: ContentsDouble;
  readonly #parts: WindowParts;
  #page: Page | null = null;
  /** Where its page is, with the fragment. */
  #shown = "";
  isShown = false;

  constructor(parts: WindowParts, options: BrowserWindowConstructorOptions) {
    super();
    this.#parts = parts;
    this.options = options;
    this.webContents = new ContentsDouble(() => this.page);
  }

  /** The page in it. */
  get page(): Page {
    if (this.#page === null) throw new Error("The window shows nothing yet");
    return this.#page;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#parts.context.newPage();
    this.#page = page;
    await page.exposeBinding(CALL_BINDING, ({ frame }, call) => this.#call(frame, call));
    await page.addInitScript({ content: await preloadScript() });
    await page.route("**/*", (route) => this.#answer(route));
    page.on("popup", (popup) => this.#decideWindow(popup));
    page.on("framenavigated", (frame) => this.#tellOfFragment(frame));
    await page.goto(shownForm(address));
    this.emit("ready-to-show");
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.isShown = true;
  }

  restore(): void {
    this.isShown = true;
  }

  isMinimized(): boolean {
    return false;
  }

  /** Closes it, as whoever sits there does. */
  async close(): Promise<void> {
    await this.#page?.close();
    this.#page = null;
    this.emit("closed");
  }

  async #call(frame: Frame, { channel, sent }: { channel: string; sent: readonly unknown[] }) {
    const isMain = frame === this.page.mainFrame();
    const senderFrame = isMain ? this.webContents.mainFrame : { url: ownForm(frame.url()) };
    try {
      const event = { sender: this.webContents, senderFrame };
      return { value: await this.#parts.invoke(event, channel, sent) };
    } catch (cause) {
      return { error: String(cause) };
    }
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const address = ownForm(request.url());
    if (request.isNavigationRequest() && !this.#mayNavigate(address)) {
      this.refused.navigations.push(request.url());
      await route.abort("aborted");
      return;
    }
    if (!address.startsWith(OWN)) {
      this.refused.requests.push(request.url());
      await route.abort("aborted");
      return;
    }
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === this.page.mainFrame();
      const begun = { url: address, isMainFrame, isSameDocument: false };
      this.webContents.emit("did-start-navigation", begun);
    }
    const response = await this.#parts.serve(new Request(address, { method: request.method() }));
    const { status, headers } = response;
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status, headers: Object.fromEntries(headers), body });
  }

  /** Tells main that only the fragment changed, as Electron does. */
  #tellOfFragment(frame: Frame): void {
    if (frame !== this.page.mainFrame()) return;
    const before = this.#shown;
    this.#shown = frame.url();
    const isSameDocument = withoutFragment(before) === withoutFragment(this.#shown);
    if (!isSameDocument || before === this.#shown) return;
    const url = ownForm(this.#shown);
    this.webContents.emit("did-start-navigation", { url, isMainFrame: true, isSameDocument });
  }

  /** Asks main, but for the first page, which it loads itself. */
  #mayNavigate(url: string): boolean {
    if (this.page.url() === "about:blank") return true;
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    this.webContents.emit("will-navigate", { url, preventDefault });
    return !isPrevented;
  }

  #decideWindow(popup: Page): void {
    const url = popup.url();
    const { action } = this.webContents.windowOpenHandler?.({ url }) ?? { action: "allow" };
    if (action !== "deny") return;
    this.refused.windows.push(url);
    popup.close().catch(() => undefined);
  }
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: string };

/** What a window shows, as main knows it. */
class ContentsDouble extends EventEmitter {
  readonly mainFrame: { readonly url: string };
  windowOpenHandler: WindowOpenHandler | undefined;
  readonly #page: () => Page;

  constructor(page: () => Page) {
    super();
    this.#page = page;
    this.mainFrame = {
      get url() {
        return ownForm(page().url());
      },
    };
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#page().isClosed();
  }

  send(channel: string, told: unknown): void {
    const tell = ({
      symbol,
      channel,
      told,
    }: {
      symbol: string;
      channel: string;
      told: unknown;
    }) => {
      const receivers = globalThis as unknown as Record<symbol, (...args: unknown[]) => void>;
      receivers[Symbol.for(symbol)]?.(channel, told);
    };
    // A page that goes away meanwhile hears nothing, as in Electron.
    this.#page()
      .evaluate(tell, { symbol: TELL_SYMBOL, channel, told })
      .catch(() => undefined);
  }
}

function withoutFragment(address: string): string {
  return address.split("#", 1)[0] ?? "";
}

function ownForm(address: string): string {
  return address.startsWith(SHOWN) ? `${OWN}${address.slice(SHOWN.length)}` : address;
}

function shownForm(address: string): string {
  return address.startsWith(OWN) ? `${SHOWN}${address.slice(OWN.length)}` : address;
}
