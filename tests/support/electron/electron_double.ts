/**
 * The part of Electron that the console uses, made of the system's Chromium and of this process.
 *
 * @module
 */

import { EventEmitter } from "node:events";
import { join } from "node:path";
import { CONSOLE_FOLDER, type ElectronParts } from "@postern/console";
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  NotificationConstructorOptions,
} from "electron";
import type { BrowserContext } from "playwright-core";
import { type InvokeEvent, WindowDouble } from "./window_double.ts";

/** What the system is to be like. */
export interface SystemOptions {
  /** Where the console may write: its `userData`. */
  readonly folder: string;
  /** Where its window is. */
  readonly context: BrowserContext;
  /** What Linux keeps secrets by. */
  readonly keyring: "gnome_libsecret" | "basic_text";
}

/** What has become of the system. */
export class ElectronDouble {
  readonly app: AppDouble;
  readonly windows: WindowDouble[] = [];
  /** Shown by the system. */
  readonly notices: NotificationConstructorOptions[] = [];
  /** In the system's clipboard. */
  copied = "";
  /** What whoever sits there picks in the next dialog; null closes it. */
  savePath: string | null = null;
  readonly schemes: CustomScheme[] = [];
  readonly nativeTheme: { themeSource: "system" | "light" | "dark" } = { themeSource: "system" };
  readonly #options: SystemOptions;
  readonly #opened: string[] = [];
  readonly #waiting: ((address: string) => void)[] = [];
  readonly #channels = new Map<string, (event: InvokeEvent, ...sent: unknown[]) => unknown>();
  readonly #served = new Map<string, (request: Request) => Promise<Response>>();
  readonly permissions: ((permission: string) => boolean)[] = [];

  constructor(options: SystemOptions) {
    this.#options = options;
    this.app = new AppDouble(options.folder);
  }

  /** The window of the console. */
  get window(): WindowDouble {
    const window = this.windows.at(-1);
    if (window === undefined) throw new Error("The console has no window");
    return window;
  }

  /** The next address that was opened in the system's browser. */
  nextAddress(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const known = this.#opened.shift();
    if (known === undefined) this.#waiting.push(resolve);
    else resolve(known);
    return promise;
  }

  /** Calls a channel as anybody might. Rejects where main refuses. */
  async invoke(event: InvokeEvent, channel: string, sent: readonly unknown[]): Promise<unknown> {
    const handler = this.#channels.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...structuredClone(sent));
  }

  /** What is handed to the console. */
  parts(): ElectronParts {
    const { app, nativeTheme } = this;
    const double = {
      ...{ app, nativeTheme },
      BrowserWindow: this.#windowClass(),
      Notification: this.#notificationClass(),
      Menu: {
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu: () => undefined,
      },
      clipboard: {
        writeText: (text: string) => {
          this.copied = text;
        },
      },
      dialog: {
        showSaveDialog: async () => ({
          canceled: this.savePath === null,
          filePath: this.savePath ?? "",
        }),
      },
      ipcMain: {
        handle: (channel: string, handler: (event: InvokeEvent, ...sent: unknown[]) => unknown) =>
          void this.#channels.set(channel, handler),
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes: CustomScheme[]) =>
          void this.schemes.push(...schemes),
        handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
          void this.#served.set(scheme, handler),
      },
      safeStorage: this.#safeStorage(),
      session: { defaultSession: this.#session() },
      shell: { openExternal: async (address: string) => this.#open(address) },
    };
    return double as unknown as ElectronParts;
  }

  #open(address: string): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#opened.push(address);
    else waiting(address);
  }

  #windowClass() {
    const { windows } = this;
    const parts = {
      context: this.#options.context,
      serve: (request: Request) => this.#serve(request),
      invoke: (event: InvokeEvent, channel: string, sent: readonly unknown[]) =>
        this.invoke(event, channel, sent),
    };
    return class extends WindowDouble {
      constructor(options: BrowserWindowConstructorOptions) {
        super(parts, options);
        windows.push(this);
      }
    };
  }

  #notificationClass() {
    const { notices } = this;
    return class {
      readonly #options: NotificationConstructorOptions;

      constructor(options: NotificationConstructorOptions) {
        this.#options = options;
      }

      show(): void {
        notices.push(this.#options);
      }
    };
  }

  async #serve(request: Request): Promise<Response> {
    const handler = this.#served.get(new URL(request.url).protocol.slice(0, -1));
    return handler === undefined ? new Response(null, { status: 404 }) : await handler(request);
  }

  #session() {
    const { permissions } = this;
    return {
      setPermissionRequestHandler(
        handler: (contents: null, permission: string, answer: (isGranted: boolean) => void) => void,
      ) {
        permissions.push((permission) => {
          let isGranted = false;
          handler(null, permission, (answer) => {
            isGranted = answer;
          });
          return isGranted;
        });
      },
      setPermissionCheckHandler(handler: (contents: null, permission: string) => boolean) {
        permissions.push((permission) => handler(null, permission));
      },
      setDevicePermissionHandler: (handler: () => boolean) =>
        void permissions.push(() => handler()),
    };
  }

  /** Seals by a mask, so that what is on disk is not in the clear; the system's keyring does better. */
  #safeStorage() {
    const { keyring } = this.#options;
    const mask = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xa5));
    return {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => keyring,
      encryptString: (text: string) => mask(Buffer.from(text)),
      decryptString: (sealed: Uint8Array) => mask(sealed).toString("utf8"),
    };
  }
}

/** The app. */
class AppDouble extends EventEmitter {
  readonly isPackaged = false;
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  async whenReady(): Promise<void> {
    await Bun.sleep(0);
  }

  getAppPath(): string {
    return CONSOLE_FOLDER;
  }

  getPath(name: string): string {
    return join(this.#folder, name);
  }

  quit(): void {
    this.emit("before-quit");
  }
}
