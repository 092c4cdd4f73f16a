/**
 * The port to the metrics: what the rest of the server counts.
 *
 * @module
 */

import type { LimitId } from "@postern/auth";
import type { CloseCode, ReadClientFrame } from "@postern/wire";

/** How an attempt to sign in ended. */
export type SignInOutcome =
  | "signed_in"
  | "mfa_required"
  | "invalid_credentials"
  | "email_unverified"
  | "password_change_required"
  | "blocked"
  | "busy"
  | "rate_limited";

/** What became of an attempt to send a mail. */
export type MailOutcome = "sent" | "failed" | "dead";

/** Counts the requests of one route and method. */
export interface RouteTally {
  /** Counts a request that was answered. */
  observe(status: number, elapsedMs: number): void;
}

/** What a client's frame was: its type, or why it has none that counts. */
export type FrameKind = ReadClientFrame["type"] | "invalid" | "refused";

/** Counts of the chat. */
export interface ChatMetrics {
  /** A message was stored. */
  messageStored(): void;
  /** A message went out. @param connections To how many. */
  messageDelivered(connections: number): void;
  /** Messages were told of that the store had and the bus had not. */
  messagesFilled(count: number): void;
  /** A client sent a frame. */
  frame(kind: FrameKind): void;
  /** A WebSocket was closed, a refused one too. */
  socketClosed(code: number): void;
  /** Whoever wanted to connect may not. */
  socketRefused(code: CloseCode): void;
}

/** Counts, and shows what was counted. */
export interface Metrics extends ChatMetrics {
  /** The media type of `text`. */
  readonly contentType: string;
  /** Everything, in Prometheus's text format. */
  text(): Promise<string>;
  /** The tally of a route. Look it up by the route's pattern, once or at each request. */
  route(method: string, pattern: string): RouteTally;
  signIn(outcome: SignInOutcome): void;
  rateLimited(limit: LimitId): void;
  mail(outcome: MailOutcome): void;
  /** A transaction was committed. */
  commit(elapsedMs: number): void;
  /** Ends what measures by itself. */
  close(): void;
}
