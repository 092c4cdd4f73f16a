/**
 * How often a ring is rotated by itself.
 *
 * @module
 */

import { useState } from "react";
import { act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { RingRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field, PickField } from "../../parts/field.tsx";
import { RINGS, type RingName } from "./ring_words.ts";
import { scheduleWords } from "./rotation_words.ts";

/** Opens it. */
export function openSchedule(ring: RingName, schedule: RingRow["schedule"]): void {
  const everyDays = schedule?.every_days ?? null;
  openDialog((close) => <ScheduleDialog ring={ring} everyDays={everyDays} onClose={close} />);
}

interface ScheduleDialogProps {
  readonly ring: RingName;
  readonly everyDays: number | null;
  readonly onClose: () => void;
}

const CHOICES = [
  ["hand", "By hand"],
  ["30", "Every 30 days"],
  ["90", "Every 90 days"],
  ["180", "Every 180 days"],
  ["365", "Every year"],
  ["other", "Every so many days…"],
] as const;

type Choice = (typeof CHOICES)[number][0];

/** Most days between two rotations, as the server has it. */
const DAYS_MAX = 730;

function ScheduleDialog({ ring, everyDays, onClose }: ScheduleDialogProps) {
  const [choice, setChoice] = useState<Choice>(choiceOf(everyDays));
  const [typed, setTyped] = useState(String(everyDays ?? 90));
  const days = daysOf(choice, typed);
  const { title } = RINGS[ring];

  async function save() {
    const input = { ring, every_days: days ?? null };
    const done = await act(`Have the ring ${title} ${scheduleWords(input.every_days)}`, () =>
      api.secrets.schedule.mutate(input),
    );
    await reloadArea("secrets", "audit");
    return done;
  }

  return (
    <ActionDialog
      title={`When ${title} is rotated`}
      confirmLabel="Set the schedule"
      isBlocked={days === undefined || days === everyDays}
      act={save}
      onDone={(set) => toasts.add(`${title} is ${scheduleWords(set.every_days)}`)}
      onClose={onClose}
    >
      <p>
        Counted from when the key of now came into use. A rotation that is due is done within ten
        minutes, and signs nobody out.
      </p>
      <PickField label="Rotate" value={choice} onChange={setChoice} choices={CHOICES} />
      {choice === "other" ? (
        <Field
          label="Days"
          type="number"
          min={1}
          max={DAYS_MAX}
          value={typed}
          onChange={setTyped}
          hint={`From 1 to ${DAYS_MAX}`}
          isRequired
        />
      ) : null}
    </ActionDialog>
  );
}

function choiceOf(everyDays: number | null): Choice {
  if (everyDays === null) return "hand";
  return CHOICES.find(([value]) => value === String(everyDays))?.[0] ?? "other";
}

/** Undefined where what is typed is no number of days. */
function daysOf(choice: Choice, typed: string): number | null | undefined {
  if (choice === "hand") return null;
  const days = Number(choice === "other" ? typed : choice);
  return Number.isInteger(days) && days >= 1 && days <= DAYS_MAX ? days : undefined;
}
