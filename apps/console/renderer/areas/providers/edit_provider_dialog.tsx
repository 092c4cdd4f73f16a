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
import { updateProvider } from "./provider_acts.ts";

/** Opens it. */
export function openEditProvider(provider: ProviderRow): void {
  openDialog((close) => <EditProviderDialog provider={provider} onClose={close} />);
}

interface EditProviderDialogProps {
  readonly provider: ProviderRow;
  readonly onClose: () => void;
}

function EditProviderDialog({ provider, onClose }: EditProviderDialogProps) {
  const [name, setName] = useState(provider.name);
  const [issuer, setIssuer] = useState(provider.issuer);
  const [clientId, setClientId] = useState(provider.client_id);
  const [scopes, setScopes] = useState(provider.scopes.join(" "));
  const isWhole = [name, issuer, clientId].every((text) => text.trim() !== "");
  return (
    <ActionDialog
      title={`Edit ${provider.name}`}
      confirmLabel="Save"
      isBlocked={!isWhole}
      act={() => updateProvider(provider, { name, issuer, clientId, scopes })}
      onDone={() => toasts.add(`${name} is changed. Test it`)}
      onClose={onClose}
    >
      <Field label="Name" value={name} onChange={setName} isRequired />
      <Field label="Issuer" type="url" value={issuer} onChange={setIssuer} isRequired />
      <Field label="Client id" value={clientId} onChange={setClientId} isRequired />
      <Field label="Scopes" value={scopes} onChange={setScopes} />
    </ActionDialog>
  );
}
