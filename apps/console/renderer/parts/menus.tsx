/**
 * The menu that is open: of a row, a profile, or a button. There is one at a time.
 *
 * @module
 */

import { type KeyboardEvent, useEffect, useId, useRef, useSyncExternalStore } from "react";
import type { Hindrance } from "../state/use_may.ts";
import { createValueStore } from "../state/value_store.ts";

/** One line of a menu. */
export type MenuItem =
  | { readonly kind: "heading"; readonly label: string }
  | {
      readonly kind: "item";
      readonly label: string;
      /** What stands at the end of the line. */
      readonly hint?: string;
      readonly tone?: "danger";
      /** Why it cannot be done; it is then shown, and does nothing. */
      readonly hindrance?: Hindrance;
      readonly isChecked?: boolean;
      readonly run: () => void;
    };

/** Where a menu appears, CSS pixels in the window. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
}

interface OpenMenu {
  readonly id: number;
  readonly label: string;
  readonly place: MenuPlace;
  readonly items: readonly MenuItem[];
}

const open = createValueStore<OpenMenu | null>(null);
let lastId = 0;

/** Least room between a menu and the edge of the window, CSS pixels. */
const EDGE_PX = 8;

/** Opens a menu. */
export function openMenu(label: string, place: MenuPlace, items: readonly MenuItem[]): void {
  lastId += 1;
  open.set({ id: lastId, label, place, items });
}

/** The place below an element. */
export function below(element: Element): MenuPlace {
  const { left, bottom } = element.getBoundingClientRect();
  return { left, top: bottom + 4 };
}

/** Draws the menu that is open. */
export function MenuHost() {
  const menu = useSyncExternalStore(open.subscribe, open.get);
  return menu === null ? null : <Menu key={menu.id} menu={menu} />;
}

function Menu({ menu }: { readonly menu: OpenMenu }) {
  const element = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    const returnTo = document.activeElement;
    element.current?.showPopover();
    if (element.current !== null) keepInside(element.current);
    element.current?.querySelector("button")?.focus();
    return () => {
      if (returnTo instanceof HTMLElement && document.activeElement === document.body) {
        returnTo.focus();
      }
    };
  }, []);
  return (
    <div
      ref={element}
      id={id}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={menu.label}
      className="co-menu"
      style={{ left: menu.place.left, top: menu.place.top }}
      onToggle={(event) => {
        if (event.newState === "closed" && open.get() === menu) open.set(null);
      }}
      onKeyDown={moveFocus}
    >
      {menu.items.map((item) =>
        item.kind === "heading" ? (
          <div key={item.label} className="co-menu-heading" role="presentation">
            {item.label}
          </div>
        ) : (
          <MenuLine key={item.label} item={item} />
        ),
      )}
    </div>
  );
}

/** Moves a menu so far that all of it is in the window; one that is too high scrolls. */
function keepInside({
  style,
  offsetLeft,
  offsetTop,
  offsetWidth,
  offsetHeight,
}: HTMLElement): void {
  style.left = `${Math.max(EDGE_PX, Math.min(offsetLeft, innerWidth - offsetWidth - EDGE_PX))}px`;
  style.top = `${Math.max(EDGE_PX, Math.min(offsetTop, innerHeight - offsetHeight - EDGE_PX))}px`;
}

function MenuLine({ item }: { readonly item: Extract<MenuItem, { kind: "item" }> }) {
  const hindrance = item.hindrance ?? null;
  const isChoice = item.isChecked !== undefined;
  return (
    <button
      type="button"
      {...(isChoice
        ? { role: "menuitemcheckbox", "aria-checked": item.isChecked }
        : { role: "menuitem" })}
      aria-disabled={hindrance !== null}
      title={hindrance ?? undefined}
      className="co-menu-item"
      data-tone={item.tone}
      onClick={() => {
        if (hindrance !== null) return;
        open.set(null);
        item.run();
      }}
    >
      <span className="co-menu-check" aria-hidden="true">
        {item.isChecked === true ? "✓" : ""}
      </span>
      <span className="co-menu-label">{item.label}</span>
      {item.hint === undefined ? null : <span className="co-menu-hint">{item.hint}</span>}
    </button>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
}
