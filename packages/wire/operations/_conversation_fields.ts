/**
 * What calls about conversations take.
 *
 * @module
 */

import { z } from "zod";
import { MEMBERS_MAX, TITLE_MAX_LENGTH } from "../chat/chat_limits.ts";

/** Which conversation. */
export const conversationId = z.object({ id: z.string() });

/** What a conversation is called. */
export const titleField = z.string().meta({ minLength: 1, maxLength: TITLE_MAX_LENGTH });

/** Usernames of members. */
export const usernamesField = z.array(z.string()).meta({ maxItems: MEMBERS_MAX });
