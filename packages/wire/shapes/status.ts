/**
 * Answers that say only that something was taken in hand.
 *
 * @module
 */

import { z } from "zod";

/** Something was done, and there is no more to say. */
export const done = z.object({ status: z.literal("ok") });

/** A mail is on its way, if there is anybody to send it to. */
export const verificationSent = z.object({ status: z.literal("verification_sent") });

/** The password was right, and a second factor is asked for. */
export const mfaRequired = z.object({
  status: z.literal("mfa_required"),
  challenge: z.string(),
  methods: z.array(z.string()),
});
