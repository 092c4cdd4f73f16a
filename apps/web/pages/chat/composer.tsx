/**
 * Where one writes: Enter sends, Shift and Enter begin a line.
 *
 * @module
 */

import { MESSAGE_MAX_LENGTH } from "@postern/wire";
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from "react";
import { ChatIcon } from "./chat_icon.tsx";
import type { KeptRoom } from "./kept_room.ts";

/** Most lines that the field grows to. */
const LINES_MAX = 8;

/** Characters left at which they are counted out. */
const COUNTED_LENGTH = 400;

/** What it is handed. */
export interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Holds what was written and not sent. */
  readonly kept: KeptRoom;
  onSend(text: string): void;
  onTyping(): void;
  /** Called with the key up in an empty field: to the log. */
  onLookUp(): void;
}

/** Draws it. Without a connection one can write and send, too: it waits. */
export function Composer({ field, kept, onSend, onTyping, onLookUp }: ComposerProps) {
  const [text, setText] = useState(kept.draft);
  const hintId = useId();
  const left = MESSAGE_MAX_LENGTH - [...text].length;
  const isSendable = text.trim() !== "" && left >= 0;

  function change(next: string): void {
    kept.draft = next;
    setText(next);
    if (next.trim() !== "") onTyping();
  }

  function send(): void {
    field.current?.focus();
    if (!isSendable) return;
    onSend(text.toWellFormed());
    kept.draft = "";
    setText("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    // A key that ends the choice of a sign, as for Japanese, sends nothing.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key === "ArrowUp" && text === "") onLookUp();
  }

  useFocusOnArrival(field);
  return (
    <form
      className="pt-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className="pt-composer-text"
        aria-label="Message"
        aria-describedby={hintId}
        aria-invalid={left < 0}
        placeholder="Write a message"
        enterKeyHint="send"
        rows={Math.min(text.split("\n").length, LINES_MAX)}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="pt-send" aria-label="Send" aria-disabled={!isSendable}>
        <ChatIcon name="send" />
      </button>
      <p className="pt-composer-hint" id={hintId}>
        {left < COUNTED_LENGTH ? <Length left={left} /> : <KeyWords />}
      </p>
    </form>
  );
}

function KeyWords() {
  return (
    <span className="pt-composer-keys">
      <kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> begins a line
    </span>
  );
}

function Length({ left }: { readonly left: number }) {
  const isOver = left < 0;
  return (
    <span data-tone={isOver ? "bad" : undefined}>
      {isOver ? `${-left} characters too many` : `${left} characters left`}
    </span>
  );
}

/** Goes to the field, where there is a keyboard: on a phone its keys would cover half the room. */
function useFocusOnArrival(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const isFree = ["BODY", "H1"].includes(document.activeElement?.tagName ?? "BODY");
    if (isFree && matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, [field]);
}
