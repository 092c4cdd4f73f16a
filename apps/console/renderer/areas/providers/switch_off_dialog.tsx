/**
 * Switching a provider off although it is the only way in of administrators.
 *
 * @module
 */

import type { ProviderRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { setEnabled } from "./provider_acts.ts";

/** Opens it. @param detail Whom it shuts out, in the server's words. */
export function openSwitchOff(provider: ProviderRow, detail: string): void {
  openDialog((close) => (
    <ActionDialog
      title={`Switch ${provider.name} off all the same?`}
      confirmLabel={`Switch ${provider.name} off`}
      tone="danger"
      act={() => setEnabled(provider, { enabled: false, force: true })}
      onDone={() => toasts.add(`${provider.name} is off`)}
      onClose={close}
    >
      <p>{detail}. They administer this server, and get in no more until it is on again.</p>
      <p>Whoever has the machine can switch it on: bun run admin providers enable {provider.id}</p>
    </ActionDialog>
  ));
}
