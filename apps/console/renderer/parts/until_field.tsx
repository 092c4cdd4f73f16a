/**
 * Until when something holds: for good, for a while, or until a moment.
 *
 * @module
 */

import { useState } from "react";
import { Field, PickField } from "./field.tsx";

/** How long it may hold, in hours; beside for good and until a moment. */
const SPANS = [
  ["1", "For an hour"],
  ["24", "For a day"],
  ["168", "For a week"],
  ["720", "For 30 days"],
] as const;

type Choice = "forever" | "moment" | (typeof SPANS)[number][0];

const HOUR_MS = 3_600_000;

/** What the field is handed. */
export interface UntilFieldProps {
  /** Told the end in RFC 3339; undefined for good; null while what is typed is no time. */
  readonly onChange: (until: string | undefined | null) => void;
}

/** Draws it. It begins with for good. */
export function UntilField({ onChange }: UntilFieldProps) {
  const [choice, setChoice] = useState<Choice>("forever");
  const [moment, setMoment] = useState("");

  function choose(next: Choice): void {
    setChoice(next);
    if (next === "forever") onChange(undefined);
    else if (next === "moment") onChange(timeOf(moment));
    else onChange(new Date(Date.now() + Number(next) * HOUR_MS).toISOString());
  }

  return (
    <>
      <PickField
        label="How long"
        value={choice}
        onChange={choose}
        choices={[
          ["forever", "Until somebody takes it back"],
          ...SPANS,
          ["moment", "Until a moment…"],
        ]}
      />
      {choice === "moment" ? (
        <Field
          label="Until, by the clock of this machine"
          type="datetime-local"
          value={moment}
          onChange={(typed) => {
            setMoment(typed);
            onChange(timeOf(typed));
          }}
          isRequired
        />
      ) : null}
    </>
  );
}

function timeOf(typed: string): string | null {
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
