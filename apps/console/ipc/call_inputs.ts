/**
 * What main accepts on each channel, as schemas. Whatever else comes is refused before anybody reads it.
 *
 * @module
 */

import { z } from "zod";
import { PROFILE_COLORS } from "./bridge.ts";
import type { CallName, Calls } from "./channels.ts";

/** Longest text that is copied, characters: a page of a table. */
const COPY_MAX_LENGTH = 1_000_000;

const rpcPath = z.string().max(100);
const profileId = z.string().max(64);
const followId = z.uuid();

/** The schemas. */
export const CALL_INPUTS: { readonly [Name in CallName]: z.ZodType<Calls[Name]["input"]> } = {
  "postern:request": z.strictObject({
    type: z.enum(["query", "mutation"]),
    path: rpcPath,
    input: z.unknown(),
  }),
  "postern:subscribe": z.strictObject({ id: followId, path: rpcPath, input: z.unknown() }),
  "postern:unsubscribe": z.strictObject({ id: followId }),
  "postern:state": z.null(),
  "postern:save-profile": z.strictObject({
    id: profileId.optional(),
    name: z.string().max(200),
    url: z.string().max(500),
    color: z.enum(PROFILE_COLORS),
    production: z.boolean(),
  }),
  "postern:remove-profile": z.strictObject({ id: profileId }),
  "postern:open-profile": z.strictObject({ id: profileId }),
  "postern:sign-in": z.null(),
  "postern:cancel-sign-in": z.null(),
  "postern:sign-out": z.null(),
  "postern:step-up": z.strictObject({
    path: rpcPath,
    input: z.unknown(),
    title: z.string().max(500),
  }),
  "postern:set-writable": z.strictObject({ on: z.boolean() }),
  "postern:export-events": z.strictObject({
    id: followId,
    query: z.string().max(500),
    format: z.enum(["csv", "ndjson"]),
  }),
  "postern:cancel-export": z.null(),
  "postern:notify": z.strictObject({ title: z.string().max(200), body: z.string().max(1_000) }),
  "postern:copy": z.strictObject({ text: z.string().max(COPY_MAX_LENGTH) }),
  "postern:set-theme": z.strictObject({ theme: z.enum(["system", "light", "dark"]) }),
};
