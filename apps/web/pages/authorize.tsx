/**
 * `/oauth/authorize`: an administrator lets a console in, or does not. The server has decided before
 * whether to ask at all.
 *
 * @module
 */

import "./authorize/authorize.css";
import { BOOT } from "../browser/boot_data.ts";
import { AskPanel } from "./authorize/ask_panel.tsx";
import { RefusedPanel } from "./authorize/refused_panel.tsx";

/** Draws the page. */
export function AuthorizePage() {
  const { authorization: view } = BOOT;
  if (view === undefined) throw new Error("Cannot ask: the server did not say what");
  return view.kind === "ask" ? <AskPanel view={view} /> : <RefusedPanel view={view} />;
}
