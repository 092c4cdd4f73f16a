/**
 * Keeping an address, or a range, out.
 *
 * @module
 */

import { useState } from "react";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { UntilField } from "../../parts/until_field.tsx";
import { blockAddress, noteAddressBlocked } from "./limit_acts.ts";

/** Opens it, with an address if there is one. */
export function openBlockAddress(cidr: string): void {
  openDialog((close) => <BlockAddressDialog cidr={cidr} onClose={close} />);
}

interface BlockAddressDialogProps {
  readonly cidr: string;
  readonly onClose: () => void;
}

function BlockAddressDialog({ cidr: given, onClose }: BlockAddressDialogProps) {
  const [cidr, setCidr] = useState(given);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | undefined | null>(undefined);
  const asked = cidr.trim();

  async function block() {
    const why = reason.trim();
    return await blockAddress({
      cidr: asked,
      reason: why === "" ? null : why,
      until: until ?? null,
    });
  }

  return (
    <ActionDialog
      title={given === "" ? "Block an address" : `Block ${given}?`}
      confirmLabel={asked === "" ? "Block" : `Block ${asked}`}
      tone="danger"
      isBlocked={asked === "" || until === null}
      act={block}
      onDone={noteAddressBlocked}
      onClose={onClose}
    >
      <p>
        Every request from there gets 403 from now on, whoever is signed in. Open connections stay
        until they end: end their sessions too, where that matters.
      </p>
      <Field
        label="Address or range"
        value={cidr}
        onChange={setCidr}
        placeholder="203.0.113.7 or 203.0.113.0/24"
        isRequired
        hint="An IPv6 address alone stands for its /64"
      />
      <Field label="Why" value={reason} onChange={setReason} hint="Kept in the event" />
      <UntilField onChange={setUntil} />
    </ActionDialog>
  );
}
