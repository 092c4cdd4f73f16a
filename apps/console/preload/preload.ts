/**
 * Exposes the verbs to the page, and nothing else. It decides nothing: main checks what comes.
 *
 * @module
 */

import { contextBridge, ipcRenderer } from "electron";
import { BRIDGE_NAME, type Bridge } from "../ipc/bridge.ts";
import type { CallName, Calls, TellingName, Tellings } from "../ipc/channels.ts";

const bridge: Bridge = {
  request: (call) => ask("postern:request", call),
  subscribe: (call, listener) => follow(call, listener),
  state: () => ask("postern:state", null),
  onState: (listener) => hear("postern:state-changed", listener),
  saveProfile: (draft) => ask("postern:save-profile", draft),
  removeProfile: (id) => ask("postern:remove-profile", { id }),
  openProfile: (id) => ask("postern:open-profile", { id }),
  signIn: () => ask("postern:sign-in", null),
  cancelSignIn: () => ask("postern:cancel-sign-in", null),
  signOut: () => ask("postern:sign-out", null),
  stepUp: (request) => ask("postern:step-up", request),
  setWritable: (on) => ask("postern:set-writable", { on }),
  exportEvents: (request, onProgress) => exportEvents(request, onProgress),
  cancelExport: () => ask("postern:cancel-export", null),
  notify: (notice) => ask("postern:notify", notice),
  copy: (text) => ask("postern:copy", { text }),
  setTheme: (theme) => ask("postern:set-theme", { theme }),
};
contextBridge.exposeInMainWorld(BRIDGE_NAME, Object.freeze(bridge));

function ask<Name extends CallName>(
  name: Name,
  input: Calls[Name]["input"],
): Promise<Calls[Name]["answer"]> {
  return ipcRenderer.invoke(name, input);
}

function hear<Name extends TellingName>(
  name: Name,
  listener: (told: Tellings[Name]) => void,
): () => void {
  const onTold = (_event: unknown, told: Tellings[Name]): void => listener(told);
  ipcRenderer.on(name, onTold);
  return () => void ipcRenderer.off(name, onTold);
}

function follow(...[call, listener]: Parameters<Bridge["subscribe"]>): () => void {
  const id = crypto.randomUUID();
  const stop = hear("postern:subscription", (told) => {
    if (told.id === id) listener(told.event);
  });
  void ask("postern:subscribe", { ...call, id });
  return () => {
    stop();
    void ask("postern:unsubscribe", { id });
  };
}

async function exportEvents(...[request, onProgress]: Parameters<Bridge["exportEvents"]>) {
  const id = crypto.randomUUID();
  const stop = hear("postern:export-progress", (told) => {
    if (told.id === id) onProgress(told.progress);
  });
  try {
    return await ask("postern:export-events", { ...request, id });
  } finally {
    stop();
  }
}
