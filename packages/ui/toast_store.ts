/**
 * Short notes that something was done: the list that the region on the page shows.
 *
 * @module
 */

/** One note. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "good" | "bad";
  readonly action: ToastAction | null;
}

/** What can be done about a note, such as to undo what it tells of. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** A list of notes that can be added to from anywhere, and watched. */
export interface ToastStore {
  /** Adds a note; the oldest gives way when there are too many. */
  add(text: string, tone?: Toast["tone"], action?: ToastAction): void;
  /** Takes a note away; an unknown one is no error. */
  remove(id: number): void;
  /** The notes, oldest first. The same array until something changes. */
  list(): readonly Toast[];
  /** Calls back after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Most notes at once: more would cover the page. */
const TOASTS_MAX = 3;

/** Makes an empty list. */
export function createToastStore(): ToastStore {
  let toasts: readonly Toast[] = [];
  let lastId = 0;
  const listeners = new Set<() => void>();
  const set = (next: readonly Toast[]) => {
    toasts = next;
    for (const listener of listeners) listener();
  };
  return {
    add(text, tone, action) {
      lastId += 1;
      set(
        [...toasts, { id: lastId, text, tone: tone ?? "good", action: action ?? null }].slice(
          -TOASTS_MAX,
        ),
      );
    },
    remove(id) {
      if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id));
    },
    list: () => toasts,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
