/**
 * A field of a form: its label, the box, and a word of explanation.
 *
 * @module
 */

import { type ReactNode, useId } from "react";

/** What a field is handed. */
export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "number" | "password" | "datetime-local" | "url";
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly hint?: ReactNode;
  /** Set for text of more than a line. */
  readonly lines?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Draws it. */
export function Field(props: FieldProps) {
  const id = useId();
  const { hint, value, onChange } = props;
  const shared = {
    id,
    className: "co-input",
    value,
    placeholder: props.placeholder,
    required: props.isRequired,
    autoComplete: "off",
    spellCheck: false,
    "aria-describedby": hint === undefined ? undefined : `${id}-hint`,
  };
  return (
    <div className="co-field">
      <label htmlFor={id}>{props.label}</label>
      {props.lines === undefined ? (
        <input
          {...shared}
          type={props.type ?? "text"}
          min={props.min}
          max={props.max}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <textarea
          {...shared}
          rows={props.lines}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="co-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a choice among few is handed. */
export interface PickFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly choices: readonly (readonly [T, string])[];
  readonly hint?: ReactNode;
}

/** Draws a choice among few. */
export function PickField<T extends string>(props: PickFieldProps<T>) {
  const id = useId();
  const { choices, hint } = props;
  return (
    <div className="co-field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="co-input"
        value={props.value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const picked = choices.find(([value]) => value === event.target.value);
          if (picked !== undefined) props.onChange(picked[0]);
        }}
      >
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="co-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
