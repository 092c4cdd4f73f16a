/**
 * Editing what is not secret of a provider.
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
import { findProvider, updateProvider } from "./provider_acts.ts";

/** Opens it. */
export function openEditProvider(provider: ProviderRow): void {
  openDialog((close) => <EditProviderDialog provider={provider} onClose={close} />);
}

interface EditProviderDialogProps {
  readonly provider: ProviderRow;
  readonly onClose: () => void;
}

function EditProviderDialog({ provider: opened, onClose }: EditProviderDialogProps) {
  const { shown: provider, before, attempt } = useNewer(opened, () => findProvider(opened.id));
  const [name, setName] = useState(provider.name);
  const [issuer, setIssuer] = useState(provider.issuer);
  const [clientId, setClientId] = useState(provider.client_id);
  const [scopes, setScopes] = useState(provider.scopes.join(" "));
  const isWhole = [name, issuer, clientId].every((text) => text.trim() !== "");

  function take(): void {
    setName(provider.name);
    setIssuer(provider.issuer);
    setClientId(provider.client_id);
    setScopes(provider.scopes.join(" "));
  }

  return (
    <ActionDialog
      title={`Edit ${provider.name}`}
      confirmLabel="Save"
      isBlocked={!isWhole}
      act={() => attempt((shown) => updateProvider(shown, { name, issuer, clientId, scopes }))}
      onDone={() => toasts.add(`${name} is changed. Test it`)}
      onClose={onClose}
    >
      {before === null ? null : <ChangedProvider before={before} now={provider} onTake={take} />}
      <Field label="Name" value={name} onChange={setName} isRequired />
      <Field label="Issuer" type="url" value={issuer} onChange={setIssuer} isRequired />
      <Field label="Client id" value={clientId} onChange={setClientId} isRequired />
      <Field label="Scopes" value={scopes} onChange={setScopes} />
    </ActionDialog>
  );
}
