/**
 * Editing a limit.
 *
 * @module
 */

import { useState } from "react";
import { api } from "../../calls/api.ts";
import type { LimitRow } from "../../calls/shapes.ts";
import { noteUndoable } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { ChangedMeanwhile } from "../../parts/changed_meanwhile.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { useNewer } from "../../parts/use_newer.ts";
import { DryRun } from "./dry_run.tsx";
import { updateLimit } from "./limit_acts.ts";
import { windowWords } from "./window_words.ts";

/** Opens it. */
export function openEditLimit(limit: LimitRow): void {
  openDialog((close) => <EditLimitDialog limit={limit} onClose={close} />);
}

interface EditLimitDialogProps {
  readonly limit: LimitRow;
  readonly onClose: () => void;
}

function EditLimitDialog({ limit: opened, onClose }: EditLimitDialogProps) {
  const { shown: limit, before, attempt } = useNewer(opened, () => findLimit(opened.id));
  const [count, setCount] = useState(String(limit.count));
  const [window, setWindow] = useState(String(limit.window_s));
  const [enabled, setEnabled] = useState(limit.enabled);
  const draft = { count: Number(count), window_s: Number(window), enabled };
  const isWhole = isIn(draft.count, 1_000_000) && isIn(draft.window_s, 86_400);
  const isSame =
    draft.count === limit.count && draft.window_s === limit.window_s && enabled === limit.enabled;

  function take(): void {
    setCount(String(limit.count));
    setWindow(String(limit.window_s));
    setEnabled(limit.enabled);
  }

  return (
    <ActionDialog
      title={`Limit ${limit.name}`}
      confirmLabel="Save"
      tone={enabled ? "plain" : "danger"}
      isBlocked={!isWhole || isSame}
      act={() => attempt((shown) => updateLimit(shown, draft))}
      onDone={(now) => noteEdited(limit, now)}
      onClose={onClose}
    >
      {before === null ? null : <ChangedLimit before={before} now={limit} onTake={take} />}
      <Field
        label="Let through"
        type="number"
        min={1}
        max={1_000_000}
        value={count}
        onChange={setCount}
        isRequired
      />
      <Field
        label="In so many seconds"
        type="number"
        min={1}
        max={86_400}
        value={window}
        onChange={setWindow}
        isRequired
        hint={isIn(draft.window_s, 86_400) ? windowWords(draft.window_s) : "From 1 second to a day"}
      />
      <OnField isOn={enabled} onChange={setEnabled} />
      {isWhole ? <DryRun id={limit.id} draft={draft} /> : null}
    </ActionDialog>
  );
}

function noteEdited(before: LimitRow, now: LimitRow): void {
  noteUndoable(`${limitWords(now)}${now.enabled ? ", from the next request on" : ""}`, {
    act: () => updateLimit(now, before),
    words: `${limitWords(before)}, as before`,
  });
}

function limitWords({ name, count, window_s, enabled }: LimitRow): string {
  return enabled ? `${name}: ${count} in ${windowWords(window_s)}` : `${name} is off`;
}

interface OnFieldProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function OnField({ isOn, onChange }: OnFieldProps) {
  return (
    <label className="co-check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>
        On
        <small>Off lets everything through: nothing else stands in the way of guessing.</small>
      </span>
    </label>
  );
}

interface ChangedLimitProps {
  readonly before: LimitRow;
  readonly now: LimitRow;
  readonly onTake: () => void;
}

function ChangedLimit({ before, now, onTake }: ChangedLimitProps) {
  const facts = [
    ["Let through", before.count.toLocaleString("en"), now.count.toLocaleString("en")],
    ["In", windowWords(before.window_s), windowWords(now.window_s)],
    ["State", before.enabled ? "on" : "off", now.enabled ? "on" : "off"],
  ] as const;
  return <ChangedMeanwhile facts={facts} onTake={onTake} />;
}

async function findLimit(id: string): Promise<LimitRow | undefined> {
  return (await api.limits.list.query()).items.find((limit) => limit.id === id);
}

function isIn(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}
