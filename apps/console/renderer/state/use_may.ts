/**
 * What whoever is signed in may do here, and why not.
 *
 * It only spares people from asking in vain: the server decides.
 *
 * @module
 */

import { PERMISSIONS, type Permission } from "@postern/wire";
import type { ConsoleState } from "../../ipc/bridge.ts";
import { useConsole } from "./console_state.ts";

/** Null where it may be done; else why not, in a sentence. */
export type Hindrance = string | null;

/** Tells what stands in the way of doing something now. */
export function useHindrance(permission: Permission): Hindrance {
  return hindranceOf(useConsole(), permission);
}

/** Tells whether a role may at all. */
export function isPermitted(state: ConsoleState, permission: Permission): boolean {
  const role = state.session?.role ?? null;
  return role !== null && PERMISSIONS[role].has(permission);
}

/** Tells what stands in the way. */
export function hindranceOf(state: ConsoleState, permission: Permission): Hindrance {
  if (!isPermitted(state, permission)) {
    return `The role ${state.session?.role ?? "of nobody"} may not do this`;
  }
  if (permission.endsWith(".read")) return null;
  if (state.readOnly) return "Read-only: allow changes first, at the top";
  if (state.connection === "offline") return "The server cannot be reached";
  return null;
}
