/**
 * The one door between the page and main: who knocks, and with what, is looked at before anybody opens.
 *
 * @module
 */

import type { IpcMainInvokeEvent, WebContents } from "electron";
import { CALL_INPUTS } from "../ipc/call_inputs.ts";
import type { CallName, Calls } from "../ipc/channels.ts";
import { failed } from "../ipc/outcome.ts";
import type { ElectronParts } from "./electron_parts.ts";
import { isOwnPage } from "./page_address.ts";

/** What answers each channel. */
export type Handlers = {
  readonly [Name in CallName]: (
    input: Calls[Name]["input"],
  ) => Promise<Calls[Name]["answer"]> | Calls[Name]["answer"];
};

/** What the door needs. */
export interface DoorDeps {
  readonly ipcMain: ElectronParts["ipcMain"];
  readonly handlers: Handlers;
  /** Contents of the console's window, while it is open. */
  readonly page: () => WebContents | null;
}

/** Opens all channels. */
export function openIpcDoor(deps: DoorDeps): void {
  for (const name of Object.keys(CALL_INPUTS) as CallName[]) openChannel(deps, name);
}

function openChannel<Name extends CallName>(deps: DoorDeps, name: Name): void {
  const { ipcMain, handlers, page } = deps;
  ipcMain.handle(name, async (event, ...sent: unknown[]) => {
    if (!isFromPage(event, page())) throw new TypeError(`Refused ${name}: not from the page`);
    const input = CALL_INPUTS[name].safeParse(sent[0]);
    if (!input.success || sent.length !== 1) {
      return failed("invalid_request", "The console does not take that.");
    }
    try {
      return await handlers[name](input.data);
    } catch (cause) {
      process.stderr.write(`${name} failed: ${String(cause)}\n`);
      return failed("internal", "Something in the console failed.");
    }
  });
}

/** The main frame of our own window, at our own page: no frame in it, no page elsewhere. */
function isFromPage({ sender, senderFrame }: IpcMainInvokeEvent, page: WebContents | null) {
  return (
    page !== null &&
    sender === page &&
    senderFrame !== null &&
    senderFrame === page.mainFrame &&
    isOwnPage(senderFrame.url)
  );
}
