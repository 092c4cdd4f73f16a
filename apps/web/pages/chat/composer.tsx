/**
 * Where one writes: Enter sends, Shift and Enter begin a line, Escape empties.
 *
 * @module
 */

import { Button, Textarea } from "@mantine/core";
import { MESSAGE_MAX_LENGTH } from "@postern/wire";
import { type KeyboardEvent, useState } from "react";

/** What it is handed. */
export interface ComposerProps {
  readonly isEnded: boolean;
  onSend(text: string): void;
}

/** Draws it. Sending works without a connection, too: the message waits. */
export function Composer({ isEnded, onSend }: ComposerProps) {
  const [text, setText] = useState("");
  const isLong = [...text].length > MESSAGE_MAX_LENGTH;

  function send(): void {
    if (text.trim() === "" || isLong || isEnded) return;
    onSend(text.toWellFormed());
    setText("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") setText("");
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="pt-chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        label="Message"
        description="Enter sends, Shift and Enter begin a line"
        rows={2}
        maxLength={2 * MESSAGE_MAX_LENGTH}
        value={text}
        error={isLong ? `At most ${MESSAGE_MAX_LENGTH} characters` : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" disabled={isEnded}>
        Send
      </Button>
    </form>
  );
}
