/**
 * A field for a password that can be shown.
 *
 * Not Mantine's: its eye answers to the mouse and two keys, but not to a click that assistive
 * technology makes, and is out of the tab order.
 *
 * @module
 */

import "./password_field.css";
import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";

/** What a text field takes, bar its type and the place of the button. */
export type PasswordFieldProps = Omit<TextInputProps, "type" | "rightSection">;

/** A password field with a button in words. Pasting and password managers are welcome. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextInput
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      {...props}
      type={isShown ? "text" : "password"}
      rightSectionWidth="4rem"
      rightSectionPointerEvents="all"
      rightSection={
        <button type="button" className="pt-reveal" onClick={() => setShown(!isShown)}>
          {isShown ? "Hide" : "Show"}
          <span className="pt-hidden"> password</span>
        </button>
      }
    />
  );
}
