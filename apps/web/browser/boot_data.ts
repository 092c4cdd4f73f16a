/**
 * What the server wrote into the page for the script to start from.
 *
 * @module
 */

import type { ShellSettings } from "../shell.ts";

/** Read once: it does not change while the page is open. */
export const BOOT: ShellSettings = JSON.parse(document.getElementById("boot")?.textContent ?? "");

/** The nonce of the page's policy. The attribute reads as empty from script; the property does not. */
export const NONCE: string =
  document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
