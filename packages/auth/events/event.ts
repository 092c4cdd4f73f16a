/**
 * What goes into the audit log, and what comes out of it.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { Actor } from "../actor.ts";
import type { User, UserId } from "../users/user.ts";
import type { Action } from "./actions.ts";

/** A value that an event's details can hold. */
export type Detail =
  | string
  | number
  | boolean
  | null
  | readonly Detail[]
  | { readonly [name: string]: Detail };

/** Details of an event. Never a password, token, key, code or hash. */
export type Details = { readonly [name: string]: Detail };

/** Who did it: a user, known or not yet, the operator, or the server itself. */
export type ActorType = "user" | "operator" | "system";

/** An event to be written. */
export interface NewEvent {
  readonly at: EpochMs;
  readonly action: Action;
  readonly actorType: ActorType;
  readonly actorId: UserId | null;
  readonly actorName: string | null;
  readonly userId: UserId | null;
  /** The user's name as it was then. */
  readonly username: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly success: boolean;
  readonly details: Details;
  readonly requestId: string;
}

/** An event that was written: a link of the chain. */
export interface AuditEvent extends NewEvent {
  /** Position in the chain, from 1, without gaps. */
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** What an event says beside who did it. */
export interface EventFacts {
  readonly at: EpochMs;
  readonly action: Action;
  /** Whom it is about; left out where nobody is known. */
  readonly user?: Pick<User, "id" | "username"> | null;
  /** Whether the caller, not signed in, has just proven to be that user. */
  readonly isProven?: boolean;
  readonly success?: boolean;
  readonly details?: Details;
}

/** Longest user agent that is kept, characters. */
export const USER_AGENT_MAX_LENGTH = 400;

/** Makes an event of an actor and what happened. */
export function eventOf(actor: Actor, facts: EventFacts): NewEvent {
  return {
    at: facts.at,
    action: facts.action,
    ...whoDid(actor, facts),
    userId: facts.user?.id ?? null,
    username: facts.user?.username ?? null,
    ip: actor.ip,
    userAgent: actor.userAgent?.slice(0, USER_AGENT_MAX_LENGTH) ?? null,
    success: facts.success ?? true,
    details: facts.details ?? {},
    requestId: actor.requestId,
  };
}

function whoDid(
  actor: Actor,
  facts: EventFacts,
): Pick<NewEvent, "actorType" | "actorId" | "actorName"> {
  switch (actor.type) {
    case "user":
      return { actorType: "user", actorId: actor.userId, actorName: actor.username };
    case "operator":
      return { actorType: "operator", actorId: null, actorName: actor.username };
    case "system":
      return { actorType: "system", actorId: null, actorName: null };
    case "anonymous": {
      const proven = facts.isProven === true ? facts.user : null;
      return {
        actorType: "user",
        actorId: proven?.id ?? null,
        actorName: proven?.username ?? null,
      };
    }
  }
}
