/**
 * The box that a list is asked by, completed as one types.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { useId } from "react";
import type { Completion } from "../query/complete.ts";
import { type QueryBoxProps, useQueryBox } from "./use_query_box.ts";

/** Draws the box. */
export function QueryBox(props: QueryBoxProps) {
  const { box, error, fields } = props;
  const id = useId();
  const { text, choices, active, choose, onKeyDown, type, ask, close } = useQueryBox(props);
  return (
    <div className="co-query">
      <Icon name="search" size={16} />
      <input
        ref={box}
        type="text"
        role="combobox"
        className="co-query-input"
        spellCheck={false}
        autoComplete="off"
        aria-label={props.label}
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={choices[active] === undefined ? undefined : `${id}-${active}`}
        aria-invalid={error !== null}
        aria-describedby={`${id}-error`}
        placeholder={`${fields.slice(0, 4).join(": ")}: … or words`}
        value={text}
        onChange={({ target }) => type(target.value, target.selectionStart ?? target.value.length)}
        onFocus={({ target }) => ask(text, target.selectionStart ?? text.length)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {text === "" ? (
        <span className="co-kbd">/</span>
      ) : (
        <ClearButton onClear={() => props.onApply("")} />
      )}
      <Choices id={id} choices={choices} active={active} onChoose={choose} />
      <p id={`${id}-error`} role="alert" className="co-query-error">
        {error}
      </p>
    </div>
  );
}

interface ChoicesProps {
  readonly id: string;
  readonly choices: Completion["choices"];
  readonly active: number;
  readonly onChoose: (index: number) => void;
}

function Choices({ id, choices, active, onChoose }: ChoicesProps) {
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      tabIndex={-1}
      aria-label="Ways to go on"
      className="co-query-choices"
      hidden={choices.length === 0}
    >
      {choices.map((choice, index) => (
        <div
          key={choice.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(index);
          }}
        >
          <span className="pt-mono">{choice.label}</span>
          <span className="pt-dim">{choice.hint}</span>
        </div>
      ))}
    </div>
  );
}

function ClearButton({ onClear }: { readonly onClear: () => void }) {
  return (
    <button type="button" className="co-icon-button" aria-label="Clear the query" onClick={onClear}>
      <Icon name="close" size={14} />
    </button>
  );
}
