/**
 * The palette: type a few letters of a user, an area or a command, and press Enter.
 *
 * @module
 */

import "./palette.css";
import { Icon } from "@postern/ui";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { type Command, findCommands } from "./command.ts";
import { useFixedCommands, useFoundCommands } from "./use_commands.tsx";

/** Draws it. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const fixed = useFixedCommands();
  const found = useFoundCommands(useDeferredValue(typed));
  const lines = findCommands([...found, ...fixed], typed);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  function run(command: Command | undefined): void {
    if (command === undefined) return;
    onClose();
    // The dialog gives the focus back first; what is opened then may take it.
    setTimeout(command.run);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((Math.min(active, lines.length - 1) + step + lines.length) % lines.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(lines[Math.min(active, lines.length - 1)]);
    }
  }

  const at = Math.min(active, lines.length - 1);
  return (
    <dialog ref={dialog} className="co-palette" aria-label="Find anything" onCancel={onClose}>
      <div className="co-palette-box">
        <Icon name="search" size={18} />
        <input
          type="text"
          role="combobox"
          spellCheck={false}
          autoComplete="off"
          aria-label="Find a user, an area or a command"
          aria-expanded={lines.length > 0}
          aria-controls={`${id}-lines`}
          aria-autocomplete="list"
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          placeholder="A user, an address, an area, a command…"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <Lines id={id} lines={lines} at={at} onRun={run} onPoint={setActive} />
      {lines.length === 0 ? <p className="co-palette-none">Nothing is called like that.</p> : null}
    </dialog>
  );
}

interface LinesProps {
  readonly id: string;
  readonly lines: readonly Command[];
  readonly at: number;
  readonly onRun: (command: Command) => void;
  readonly onPoint: (index: number) => void;
}

function Lines({ id, lines, at, onRun, onPoint }: LinesProps) {
  return (
    <div
      id={`${id}-lines`}
      role="listbox"
      aria-label="Found"
      tabIndex={-1}
      className="co-palette-lines"
    >
      {lines.map((command, index) => (
        <div
          key={command.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onMouseMove={() => onPoint(index)}
          onMouseDown={(event) => {
            event.preventDefault();
            onRun(command);
          }}
        >
          <Icon name={command.icon} size={16} />
          <span>{command.label}</span>
          <span className="co-palette-hint">{command.hint}</span>
        </div>
      ))}
    </div>
  );
}
