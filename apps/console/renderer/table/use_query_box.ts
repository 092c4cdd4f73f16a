/**
 * What happens in a query box: typing, going through the choices, and asking.
 *
 * @module
 */

import { type KeyboardEvent, type RefObject, useState } from "react";
import type { QueryField } from "../query/query_fields.ts";
import { replacePart } from "../query/query_text.ts";
import { useCompletion } from "./use_completion.ts";
import { useDraft } from "./use_draft.ts";

/** What the box is handed. */
export interface QueryBoxProps {
  readonly box: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly fields: readonly QueryField[];
  /** The query that the list shows. */
  readonly query: string;
  /** What the server cannot read of it. */
  readonly error: string | null;
  readonly onApply: (query: string) => void;
}

/** The state of a box, and what its events do. */
export function useQueryBox({ box, fields, query, onApply }: QueryBoxProps) {
  const [text, setText, applyNow] = useDraft(query, onApply);
  const [active, setActive] = useState(-1);
  const { completion, ask, close } = useCompletion(fields);
  const choices = completion?.choices ?? [];

  function choose(index: number): void {
    const choice = choices[index];
    if (choice === undefined || completion === null) return;
    const next = replacePart(text, completion.part, choice.value);
    setText(next.text);
    setActive(-1);
    requestAnimationFrame(() => {
      placeCaret(box, next.caret);
      ask(next.text, next.caret);
    });
  }

  function enter(): void {
    if (active >= 0 && active < choices.length) {
      choose(active);
      return;
    }
    close();
    applyNow();
  }

  function leave(): void {
    if (choices.length > 0) close();
    else box.current?.blur();
  }

  function step(by: number): void {
    const places = choices.length + 1;
    setActive(((active + 1 + by + places) % places) - 1);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const run = actOf(event.key, { isActive: active >= 0, hasChoices: choices.length > 0 });
    if (run === null) return;
    event.preventDefault();
    if (run === "down") step(1);
    if (run === "up") step(-1);
    if (run === "enter") enter();
    if (run === "leave") leave();
  }

  function type(next: string, caret: number): void {
    setText(next);
    setActive(-1);
    ask(next, caret);
  }

  return { text, choices, active, choose, onKeyDown, type, ask, close };
}

function actOf(
  key: string,
  { isActive, hasChoices }: { readonly isActive: boolean; readonly hasChoices: boolean },
): "down" | "up" | "enter" | "leave" | null {
  if (key === "ArrowDown" && hasChoices) return "down";
  if (key === "ArrowUp" && hasChoices) return "up";
  if (key === "Enter" || (key === "Tab" && isActive)) return "enter";
  return key === "Escape" ? "leave" : null;
}

function placeCaret(box: RefObject<HTMLInputElement | null>, caret: number): void {
  box.current?.focus();
  box.current?.setSelectionRange(caret, caret);
}
