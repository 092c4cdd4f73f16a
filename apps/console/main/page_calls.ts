/**
 * What each call of the page does.
 *
 * @module
 */

import type { BrowserWindow } from "electron";
import type { Outcome, ProfileDraft } from "../ipc/bridge.ts";
import type { TellingName, Tellings } from "../ipc/channels.ts";
import { done, failed } from "../ipc/outcome.ts";
import type { Desk } from "./desk.ts";
import type { ElectronParts } from "./electron_parts.ts";
import { createExports } from "./exports/create_exports.ts";
import type { Handlers } from "./ipc_door.ts";
import type { ProfileBook } from "./profiles/profile_book.ts";
import type { StateStore } from "./state_store.ts";

/** What it needs. */
export interface PageCallsDeps {
  readonly electron: Pick<ElectronParts, "clipboard" | "dialog" | "nativeTheme" | "Notification">;
  readonly desk: Desk;
  readonly book: ProfileBook;
  readonly state: StateStore;
  readonly window: () => BrowserWindow | null;
  readonly tell: <Name extends TellingName>(name: Name, told: Tellings[Name]) => void;
}

/** Most subscriptions of a page. */
const FOLLOWED_MAX = 32;

/** The handlers, and what ends all that the page follows. */
export interface PageCalls {
  readonly handlers: Handlers;
  /** Ends it, such as where the page is loaded anew. */
  stopFollowing(): void;
}

/** Makes the handlers. */
export function createPageCalls(deps: PageCallsDeps): PageCalls {
  const followed = createFollowed(deps);
  return {
    handlers: {
      ...serverCalls(deps),
      ...profileCalls(deps),
      ...systemCalls(deps),
      "postern:subscribe": followed.subscribe,
      "postern:unsubscribe": followed.unsubscribe,
    },
    stopFollowing: followed.stopAll,
  };
}

function serverCalls({ desk }: PageCallsDeps) {
  return {
    "postern:request": (call) => desk.call(call),
    "postern:sign-in": () => desk.signIn(),
    "postern:cancel-sign-in": () => {
      desk.cancelVisit();
      return done(null);
    },
    "postern:sign-out": () => desk.signOut(),
    "postern:step-up": (asked) => desk.stepUp(asked),
    "postern:set-writable": ({ on }) => desk.setWritable(on),
  } satisfies Partial<Handlers>;
}

function profileCalls(deps: PageCallsDeps) {
  const { desk, book, state } = deps;
  const show = () => state.change({ profiles: book.profiles });
  return {
    "postern:save-profile": async (draft) => {
      const before = draft.id === undefined ? null : book.find(draft.id);
      const saved = await book.save(draft);
      if (!saved.ok) return saved;
      // Tokens go to no other server than the one that gave them.
      if (before !== null && before.url !== saved.data.url) await desk.forget(before.id);
      show();
      if (isSafer(before, saved.data)) desk.setWritable(false);
      return saved;
    },
    "postern:remove-profile": async ({ id }): Promise<Outcome<null>> => {
      if (book.find(id) === null) {
        return failed("unknown_profile", "There is no such server in the list.");
      }
      const isOpen = book.current?.id === id;
      await desk.forget(id);
      await book.remove(id);
      show();
      if (isOpen) await desk.reopen();
      return done(null);
    },
    "postern:open-profile": ({ id }) => desk.open(id),
  } satisfies Partial<Handlers>;
}

/** Tells whether a profile has just become a production one. */
function isSafer(
  before: Pick<ProfileDraft, "production"> | null,
  now: Pick<ProfileDraft, "production">,
): boolean {
  return before !== null && now.production !== before.production;
}

function systemCalls(deps: PageCallsDeps) {
  const { electron, desk, book, state, window, tell } = deps;
  const exports = createExports({
    dialog: electron.dialog,
    call: (call) => desk.call(call),
    window,
  });
  return {
    "postern:state": () => state.get(),
    "postern:export-events": ({ id, ...request }) =>
      exports.run(request, (progress) => tell("postern:export-progress", { id, progress })),
    "postern:cancel-export": () => {
      exports.cancel();
      return done(null);
    },
    "postern:notify": ({ title, body }) => {
      new electron.Notification({ title, body }).show();
      return done(null);
    },
    "postern:copy": ({ text }) => {
      electron.clipboard.writeText(text);
      return done(null);
    },
    "postern:set-theme": async ({ theme }) => {
      electron.nativeTheme.themeSource = theme;
      await book.setTheme(theme);
      state.change({ theme });
      return done(null);
    },
  } satisfies Partial<Handlers>;
}

function createFollowed({ desk, tell }: PageCallsDeps) {
  const all = new Map<string, AbortController>();
  return {
    subscribe({ id, ...call }: { id: string; path: string; input: unknown }): Outcome<null> {
      if (all.has(id)) return failed("conflict", "That is followed already.");
      if (all.size >= FOLLOWED_MAX) return failed("rate_limited", "The page follows too much.");
      const own = new AbortController();
      all.set(id, own);
      desk
        .follow({
          call,
          signal: own.signal,
          tell: (event) => tell("postern:subscription", { id, event }),
        })
        .catch((cause: unknown) => process.stderr.write(`${call.path} failed: ${String(cause)}\n`))
        .finally(() => all.delete(id));
      return done(null);
    },
    unsubscribe({ id }: { id: string }): Outcome<null> {
      all.get(id)?.abort();
      all.delete(id);
      return done(null);
    },
    stopAll(): void {
      for (const own of all.values()) own.abort();
      all.clear();
    },
  };
}
