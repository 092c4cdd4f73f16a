/**
 * What everybody who takes part knows.
 *
 * @module
 */

import type { Deployment } from "../support/deployment.ts";
import type { Ledger } from "./ledger.ts";

/** What everybody who takes part knows. */
export interface World {
  readonly deployment: Deployment;
  readonly ledger: Ledger;
  /** Whether something is broken on purpose, or was until just now. */
  isTroubled(): boolean;
  /** Whether the server's clock was stepped at some time: what ends after a time may have ended early. */
  wasClockStepped(): boolean;
  /** The time by the server's clock. */
  now(): number;
}

/** Start of the paths of the calls. */
export const AUTH = "/api/v1/auth";

/** Password of everybody who has not changed it. */
export const FIRST_PASSWORD = "seven quiet herons";
