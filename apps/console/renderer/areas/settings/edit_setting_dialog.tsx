/**
 * Editing a setting that can change while the server runs.
 *
 * @module
 */

import { useState } from "react";
import { act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { SettingRow } from "../../calls/shapes.ts";
import { noteUndoable } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { ChangedMeanwhile } from "../../parts/changed_meanwhile.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field, PickField } from "../../parts/field.tsx";
import { useNewer } from "../../parts/use_newer.ts";
import { settingText } from "./setting_text.ts";

/** Opens it; nothing for a setting that this console does not know how to edit. */
export function openEditSetting(setting: SettingRow): void {
  if (setting.name === "SIGNUP") {
    openDialog((close) => <SignupDialog setting={setting} onClose={close} />);
  } else if (setting.name === "PASSWORD_MIN_LENGTH") {
    openDialog((close) => <LengthDialog setting={setting} onClose={close} />);
  }
}

interface SettingDialogProps {
  readonly setting: SettingRow;
  readonly onClose: () => void;
}

type SettingChange = Parameters<typeof api.settings.update.mutate>[0];

async function update(change: SettingChange) {
  const done = await act(`Change ${change.name}`, () => api.settings.update.mutate(change));
  await reloadArea("settings", "audit");
  return done;
}

/** Notes the change, with a way back. */
function note(change: SettingChange, back: SettingChange): void {
  const { name, value } = change;
  noteUndoable(`${name} is ${settingText(value)}, from the next request on`, {
    act: () => update(back),
    words: `${name} is ${settingText(back.value)} again`,
  });
}

async function findSetting(name: string): Promise<SettingRow | undefined> {
  return (await api.settings.get.query()).items.find((setting) => setting.name === name);
}

interface ChangedSettingProps {
  readonly label: string;
  readonly before: SettingRow;
  readonly now: SettingRow;
  readonly onTake: () => void;
}

function ChangedSetting({ label, before, now, onTake }: ChangedSettingProps) {
  const fact = [label, settingText(before.value), settingText(now.value)] as const;
  return <ChangedMeanwhile facts={[fact]} onTake={onTake} />;
}

function SignupDialog({ setting: opened, onClose }: SettingDialogProps) {
  const { shown: setting, before, attempt } = useNewer(opened, () => findSetting(opened.name));
  const shown = signupOf(setting);
  const [value, setValue] = useState<"verify" | "closed">(shown);
  return (
    <ActionDialog
      title="New accounts"
      confirmLabel="Save"
      isBlocked={value === shown}
      act={() => attempt((now) => update({ name: "SIGNUP", value, expected: signupOf(now) }))}
      onDone={() =>
        note({ name: "SIGNUP", value }, { name: "SIGNUP", value: shown, expected: value })
      }
      onClose={onClose}
    >
      {before === null ? null : (
        <ChangedSetting
          label="Who may sign up"
          before={before}
          now={setting}
          onTake={() => setValue(shown)}
        />
      )}
      <PickField
        label="Who may sign up"
        value={value}
        onChange={setValue}
        choices={[
          ["verify", "Everybody whose address proves itself"],
          ["closed", "Nobody"],
        ]}
      />
    </ActionDialog>
  );
}

function signupOf({ value }: SettingRow): "verify" | "closed" {
  return value === "closed" ? "closed" : "verify";
}

function LengthDialog({ setting: opened, onClose }: SettingDialogProps) {
  const { shown: setting, before, attempt } = useNewer(opened, () => findSetting(opened.name));
  const [typed, setTyped] = useState(String(setting.value));
  const value = Number(typed);
  const shown = Number(setting.value);
  const name = "PASSWORD_MIN_LENGTH";
  const isWhole = Number.isInteger(value) && value >= 12 && value <= 64;
  return (
    <ActionDialog
      title="Length of passwords"
      confirmLabel="Save"
      isBlocked={!isWhole || value === shown}
      act={() => attempt((now) => update({ name, value, expected: Number(now.value) }))}
      onDone={() => note({ name, value }, { name, value: shown, expected: value })}
      onClose={onClose}
    >
      {before === null ? null : (
        <ChangedSetting
          label="Fewest characters"
          before={before}
          now={setting}
          onTake={() => setTyped(String(setting.value))}
        />
      )}
      <Field
        label="Fewest characters"
        type="number"
        min={12}
        max={64}
        value={typed}
        onChange={setTyped}
        isRequired
        hint="12 to 64. Passwords there are stay as they are; administrators need 15 in any case"
      />
    </ActionDialog>
  );
}
