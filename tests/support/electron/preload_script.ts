/**
 * The built preload, as a script that runs in a page before the page's own.
 *
 * What it requires of Electron is made here: `ipcRenderer` calls main through a binding that the page
 * itself never sees, and `contextBridge` puts frozen names into the page.
 *
 * @module
 */

import { join } from "node:path";
import { CONSOLE_FOLDER } from "@postern/console";

/** Name of the binding that calls main, until the script has taken it away. */
export const CALL_BINDING = "__call_main";

/** Where the script leaves what main tells the page through. */
export const TELL_SYMBOL = "postern.test.tell";

/** Writes the script. */
export async function preloadScript(): Promise<string> {
  const preload = await Bun.file(join(CONSOLE_FOLDER, "dist/preload.cjs")).text();
  return `(() => {
    if (window !== window.top) return;
    const callMain = window[${JSON.stringify(CALL_BINDING)}];
    delete window[${JSON.stringify(CALL_BINDING)}];
    const listeners = new Map();
    const ipcRenderer = {
      async invoke(channel, ...sent) {
        const { value, error } = await callMain({ channel, sent });
        if (error !== undefined) throw new Error("Error invoking remote method '" + channel + "': " + error);
        return value;
      },
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
        return ipcRenderer;
      },
      off(channel, listener) {
        listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener));
        return ipcRenderer;
      },
    };
    const contextBridge = {
      exposeInMainWorld(name, value) {
        Object.defineProperty(window, name, { value: Object.freeze(value), enumerable: true });
      },
    };
    Object.defineProperty(window, Symbol.for(${JSON.stringify(TELL_SYMBOL)}), {
      value: (channel, told) => {
        for (const listener of listeners.get(channel) ?? []) listener({}, told);
      },
    });
    const module = { exports: {} };
    const require = (name) => {
      if (name !== "electron") throw new Error("A sandboxed preload cannot require " + name);
      return { contextBridge, ipcRenderer };
    };
    (function (require, module, exports) {\n${preload}\n})(require, module, module.exports);
  })();`;
}
