/** What the preload puts into the page. */
interface Window {
  readonly postern: import("../ipc/bridge.ts").Bridge;
}
