/**
 * A server's name, address and colour.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { PROFILE_COLORS, type Profile, type ProfileColor } from "../../ipc/bridge.ts";
import { bridge } from "../calls/api.ts";
import type { Problem } from "../calls/problem.ts";
import { Field } from "../parts/field.tsx";
import { ProblemLine } from "../parts/problem_line.tsx";

/** What the form is handed. */
export interface ProfileFormProps {
  /** Null for a new one. */
  readonly profile: Profile | null;
  readonly submitLabel: string;
  readonly onDone?: () => void;
}

/** Draws the form; a saved server becomes the current one. */
export function ProfileForm({ profile, submitLabel, onDone }: ProfileFormProps) {
  const [url, setUrl] = useState(profile?.url ?? "");
  const [name, setName] = useState(profile?.name ?? "");
  const [color, setColor] = useState<ProfileColor>(profile?.color ?? "teal");
  const [isProduction, setProduction] = useState(profile?.production ?? true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const draft = {
      url: url.trim(),
      name: name.trim() || hostOf(url),
      color,
      production: isProduction,
    };
    const saved = await bridge.saveProfile(profile === null ? draft : { ...draft, id: profile.id });
    if (saved.ok) await bridge.openProfile(saved.data.id);
    setBusy(false);
    setProblem(saved.ok ? null : { ...saved.error, call: null });
    if (saved.ok) onDone?.();
  }

  return (
    <form className="co-form" onSubmit={(event) => void save(event)}>
      <Field
        label="Address"
        value={url}
        onChange={setUrl}
        placeholder="https://id.example.org"
        isRequired
      />
      <Field label="Name" value={name} onChange={setName} placeholder={hostOf(url) || "Example"} />
      <ColorChoice color={color} onChange={setColor} />
      <label className="co-check">
        <input
          type="checkbox"
          checked={isProduction}
          onChange={(event) => setProduction(event.target.checked)}
        />
        <span>
          People depend on it
          <small>It starts read-only: changes must be allowed first, each time.</small>
        </span>
      </label>
      <ProblemLine problem={problem} />
      <div className="co-dialog-actions">
        <Button type="submit" loading={isBusy} disabled={url.trim() === ""}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

interface ColorChoiceProps {
  readonly color: ProfileColor;
  readonly onChange: (color: ProfileColor) => void;
}

function ColorChoice({ color, onChange }: ColorChoiceProps) {
  const name = useId();
  return (
    <fieldset className="co-colors">
      <legend>Colour, by which you know it at a glance</legend>
      {PROFILE_COLORS.map((one) => (
        <label key={one} data-color={one} title={one}>
          <input type="radio" name={name} checked={one === color} onChange={() => onChange(one)} />
          <span className="pt-hidden">{one}</span>
        </label>
      ))}
    </fieldset>
  );
}

function hostOf(url: string): string {
  return URL.parse(url.trim())?.host ?? "";
}
