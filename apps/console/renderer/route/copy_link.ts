/**
 * The address of a place as text, for whoever else sits at a console: the palette takes it.
 *
 * @module
 */

import { bridge } from "../calls/api.ts";
import { toasts } from "../calls/toasts.ts";
import { type Address, addressText } from "./address.ts";

/** Copies it, and notes that. */
export async function copyLink(place: Address): Promise<void> {
  const text = addressText(place);
  const copied = await bridge.copy(text);
  if (copied.ok) toasts.add(`${text} is copied: paste it into the palette of another console`);
  else toasts.add(copied.error.message, "bad");
}
