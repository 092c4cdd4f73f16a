/**
 * What other parts of the server, and other instances, must forget or read anew after a write.
 *
 * Each is a row, so that every instance learns of it within a second; the instance that wrote it
 * acts before the write is acknowledged.
 *
 * @module
 */

import type { EndReason, SessionId } from "./sessions/session.ts";
import type { UserId } from "./users/user.ts";

/** Something that changed. */
export type Change =
  | { readonly kind: "session_ended"; readonly sessionId: SessionId; readonly reason: EndReason }
  | { readonly kind: "user_changed"; readonly userId: UserId }
  | { readonly kind: "keys_changed" }
  | { readonly kind: "limits_changed" }
  | { readonly kind: "settings_changed" }
  | { readonly kind: "providers_changed" }
  | { readonly kind: "mail_queued" }
  | {
      readonly kind: "member_removed";
      /** A conversation's id. */
      readonly conversationId: string;
      readonly userId: UserId;
    };
