/**
 * Key rings: shown, rotated, and rid of a key that others know.
 *
 * @module
 */

import { describeRings, type KeyId, previewCompromise, rotateKeys } from "@postern/auth";
import { timeText } from "@postern/std";
import {
  adminRing,
  compromiseReport,
  keyInput,
  pageOf,
  ringInput,
  rotatedRing,
} from "@postern/wire";
import { permit, permitFresh, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";

/** The area. */
export const secrets = router({
  list: permit("secrets.read")
    .output(pageOf(adminRing))
    .query(async ({ ctx }) => {
      const rings = await describeRings(ctx.deps);
      const items = rings.map(({ ring, keys }) => ({
        ring,
        keys: keys.map(({ key, dependants }) => ({
          key: key.id,
          state: key.state,
          created_at: timeText(key.createdAt),
          dependants: { ...dependants },
        })),
      }));
      return { items, next: null };
    }),
  rotate: permitFresh("secrets.rotate")
    .input(ringInput)
    .output(rotatedRing)
    .mutation(async ({ ctx, input }) => {
      const { ring, current, previous } = unwrap(await rotateKeys(ctx.deps, ctx.actor, input));
      await ctx.deps.reloadKeys();
      return { ring, current, previous };
    }),
  previewCompromise: permit("secrets.read")
    .input(keyInput)
    .output(compromiseReport)
    .query(async ({ ctx, input }) => {
      const { sessions, tokens } = unwrap(await previewCompromise(ctx.deps, input));
      return { sessions, tokens, ...(await ctx.deps.countHolders(input.key as KeyId)) };
    }),
  compromise: permitFresh("secrets.rotate")
    .input(keyInput)
    .output(compromiseReport)
    .mutation(async ({ ctx, input }) => {
      const compromised = input.key as KeyId;
      const holders = await ctx.deps.countHolders(compromised);
      const command = { ring: input.ring, compromised };
      const { ends } = unwrap(await rotateKeys(ctx.deps, ctx.actor, command));
      await ctx.deps.reloadKeys();
      return { ...ends, ...holders };
    }),
});
