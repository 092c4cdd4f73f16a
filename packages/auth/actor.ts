/**
 * Who asks: from where, and as whom.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { SessionId } from "./sessions/session.ts";
import type { Role, UserId } from "./users/user.ts";

/** Where a request came from. */
export interface Origin {
  readonly requestId: string;
  /** Address in canonical form; null where there is no network. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Somebody who has not signed in. */
export interface AnonymousActor extends Origin {
  readonly type: "anonymous";
}

/** Somebody who has. */
export interface UserActor extends Origin {
  readonly type: "user";
  readonly userId: UserId;
  readonly username: string;
  readonly role: Role | null;
  readonly sessionId: SessionId;
  /** When the credential was last proven for this session. */
  readonly signedInAt: EpochMs;
  /** The one operation that this sign-in is fresh for; left out: for all. */
  readonly stepUpFor?: string;
}

/** Whoever sits at the server's own command line. */
export interface OperatorActor extends Origin {
  readonly type: "operator";
  /** Login name at the operating system. */
  readonly username: string;
}

/** The server itself. */
export interface SystemActor extends Origin {
  readonly type: "system";
}

/** Who asks. */
export type Actor = AnonymousActor | UserActor | OperatorActor | SystemActor;

/** The server itself, at no request. */
export const SYSTEM: SystemActor = { type: "system", requestId: "-", ip: null, userAgent: null };
