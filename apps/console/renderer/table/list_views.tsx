/**
 * The views of a list: queries with a name, those that come with it and those that somebody keeps.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { useState } from "react";
import { ActionDialog } from "../parts/action_dialog.tsx";
import { openDialog } from "../parts/dialogs.tsx";
import { Field } from "../parts/field.tsx";
import { usePreference } from "../state/preferences.ts";
import type { View } from "./list_spec.ts";

/** What the views are handed. */
export interface ListViewsProps {
  /** Of which list. */
  readonly area: string;
  readonly views: readonly View[];
  readonly query: string;
  readonly onAsk: (query: string) => void;
}

const NO_VIEWS: readonly View[] = [];

/** Draws them, with a way to keep the query of now, or to forget one that was kept. */
export function ListViews({ area, views, query, onAsk }: ListViewsProps) {
  const [own, setOwn] = usePreference(`views-${area}`, NO_VIEWS);
  const all = [...views, ...own];
  const isKnown = all.some((view) => view.query === query);
  const kept = own.find((view) => view.query === query);
  const keep = (name: string) => setOwn([...own, { name, query }]);
  return (
    <fieldset className="co-views">
      <legend className="pt-hidden">Views</legend>
      {all.map((view) => (
        <button
          key={`${view.name} ${view.query}`}
          type="button"
          className="co-chip"
          aria-pressed={view.query === query}
          title={view.query === "" ? "Everything" : view.query}
          onClick={() => onAsk(view.query)}
        >
          {view.name}
        </button>
      ))}
      {isKnown ? null : (
        <button
          type="button"
          className="co-chip"
          data-quiet
          onClick={() => openKeepView(query, keep)}
        >
          <Icon name="plus" size={14} /> Keep this view
        </button>
      )}
      {kept === undefined ? null : (
        <button
          type="button"
          className="co-chip"
          data-quiet
          aria-label={`Forget the view ${kept.name}`}
          onClick={() => setOwn(own.filter((view) => view !== kept))}
        >
          <Icon name="close" size={14} /> Forget this view
        </button>
      )}
    </fieldset>
  );
}

function openKeepView(query: string, keep: (name: string) => void): void {
  openDialog((close) => <KeepViewDialog query={query} onKeep={keep} onClose={close} />);
}

interface KeepViewDialogProps {
  readonly query: string;
  readonly onKeep: (name: string) => void;
  readonly onClose: () => void;
}

function KeepViewDialog({ query, onKeep, onClose }: KeepViewDialogProps) {
  const [typed, setTyped] = useState("");
  const name = typed.trim() === "" ? query : typed.trim();
  return (
    <ActionDialog
      title="Keep this view"
      confirmLabel="Keep it"
      act={async () => ({ ok: true, value: null })}
      onDone={() => onKeep(name)}
      onClose={onClose}
    >
      <p>
        <code className="co-code">{query}</code>
      </p>
      <Field
        label="Name"
        value={typed}
        onChange={setTyped}
        placeholder={query}
        hint="Kept on this machine, beside the views of the list"
      />
    </ActionDialog>
  );
}
