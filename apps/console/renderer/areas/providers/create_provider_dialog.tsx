/**
 * Adding a provider.
 *
 * @module
 */

import { useState } from "react";
import type { ProviderRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field, PickField } from "../../parts/field.tsx";
import { createProvider, type ProviderDraft } from "./provider_acts.ts";

/** Opens it. */
export function openCreateProvider(): void {
  openDialog((close) => <CreateProviderDialog onClose={close} />);
}

const KINDS: readonly (readonly [ProviderRow["kind"], string])[] = [
  ["google", "Google"],
  ["github", "GitHub, or a GitHub Enterprise Server"],
  ["oidc", "Any that speaks OpenID Connect"],
];

const USUAL: Readonly<Record<ProviderRow["kind"], Pick<ProviderDraft, "id" | "name">>> = {
  google: { id: "google", name: "Google" },
  github: { id: "github", name: "GitHub" },
  oidc: { id: "", name: "" },
};

const EMPTY: ProviderDraft = {
  ...USUAL.google,
  kind: "google",
  issuer: "",
  clientId: "",
  clientSecret: "",
  scopes: "",
};

function CreateProviderDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const set = (part: Partial<ProviderDraft>) => setDraft({ ...draft, ...part });
  const isOpen = draft.kind === "oidc";
  const isWhole =
    [draft.id, draft.name, draft.clientId, draft.clientSecret].every(
      (text) => text.trim() !== "",
    ) &&
    (!isOpen || draft.issuer.trim() !== "");
  return (
    <ActionDialog
      title="Add a provider"
      confirmLabel="Add it"
      isBlocked={!isWhole}
      act={() => createProvider(draft)}
      onDone={(made) => toasts.add(`${made.name} is there. Test it before you tell anybody`)}
      onClose={onClose}
    >
      <ProviderFields draft={draft} set={set} />
    </ActionDialog>
  );
}

interface ProviderFieldsProps {
  readonly draft: ProviderDraft;
  readonly set: (part: Partial<ProviderDraft>) => void;
}

function ProviderFields({ draft, set }: ProviderFieldsProps) {
  const isOpen = draft.kind === "oidc";
  return (
    <>
      <PickField
        label="Kind"
        value={draft.kind}
        onChange={(kind) => set({ kind, ...USUAL[kind] })}
        choices={KINDS}
      />
      <Field
        label="Name"
        value={draft.name}
        onChange={(name) => set({ name })}
        hint="On the button of the sign-in page"
        isRequired
      />
      <Field
        label="Id"
        value={draft.id}
        onChange={(id) => set({ id })}
        hint="Small letters, digits and hyphens; it stands in the callback's address, and stays"
        isRequired
      />
      <Field
        label={isOpen ? "Issuer" : "Issuer, where it is another"}
        type="url"
        value={draft.issuer}
        onChange={(issuer) => set({ issuer })}
        placeholder="https://login.example.org"
        isRequired={isOpen}
      />
      <Field
        label="Client id"
        value={draft.clientId}
        onChange={(clientId) => set({ clientId })}
        isRequired
      />
      <Field
        label="Client secret"
        type="password"
        value={draft.clientSecret}
        onChange={(clientSecret) => set({ clientSecret })}
        hint="Kept encrypted; nobody can read it again"
        isRequired
      />
      <Field
        label="Scopes, where they are others"
        value={draft.scopes}
        onChange={(scopes) => set({ scopes })}
        placeholder="openid email profile"
      />
    </>
  );
}
