/**
 * Replacing the secret that a provider knows us by.
 *
 * @module
 */

import { useState } from "react";
import type { ProviderRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { useNewer } from "../../parts/use_newer.ts";
import { ChangedProvider } from "./changed_provider.tsx";
import { findProvider, replaceSecret, testProvider } from "./provider_acts.ts";

/** Opens it. */
export function openReplaceSecret(provider: ProviderRow): void {
  openDialog((close) => <ReplaceSecretDialog provider={provider} onClose={close} />);
}

interface ReplaceSecretDialogProps {
  readonly provider: ProviderRow;
  readonly onClose: () => void;
}

function ReplaceSecretDialog({ provider: opened, onClose }: ReplaceSecretDialogProps) {
  const { shown: provider, before, attempt } = useNewer(opened, () => findProvider(opened.id));
  const [secret, setSecret] = useState("");
  return (
    <ActionDialog
      title={`Replace the secret of ${provider.name}`}
      confirmLabel="Replace it"
      tone="danger"
      isBlocked={secret.trim() === ""}
      act={() => attempt((shown) => replaceSecret(shown, secret))}
      onDone={() => void testReplaced(provider)}
      onClose={onClose}
    >
      <p>
        Make the new one at {provider.name} first. It is tested right after; the old one is tried
        where it is refused, until somebody has come in by the new one. Take the old one away there
        then. Nobody is signed out.
      </p>
      {before === null ? null : <ChangedProvider before={before} now={provider} />}
      <Field
        label="New client secret"
        type="password"
        value={secret}
        onChange={setSecret}
        hint="Kept encrypted; nobody can read it again"
        isRequired
      />
    </ActionDialog>
  );
}

async function testReplaced(provider: ProviderRow): Promise<void> {
  const tested = await testProvider(provider);
  if (!tested.ok) {
    toasts.add(`The secret of ${provider.name} is replaced, and could not be tested`, "bad");
  } else if (tested.value.ok) {
    toasts.add(`The secret of ${provider.name} is replaced, and works`);
  } else {
    const failed = tested.value.checks.filter((check) => !check.ok).map(({ name }) => name);
    toasts.add(`The secret of ${provider.name} is replaced, but: ${failed.join(", ")}`, "bad");
  }
}
