/**
 * Key rings: shown, rotated, and rid of a key that others know.
 *
 * @module
 */

import {
  describeRings,
  type KeyId,
  type KeyReport,
  previewCompromise,
  rotateKeys,
  scheduleRotation,
} from "@postern/auth";
import { seconds, timeText } from "@postern/std";
import {
  adminRing,
  adminRings,
  compromiseReport,
  keyInput,
  liveInput,
  pageOf,
  ringInput,
  rotatedRing,
  scheduleInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { permit, permitFresh, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { timeOrNull } from "../shapes.ts";
import { tell } from "../streams.ts";

/** How often dependants are counted while somebody looks on: each count goes through all of a key's. */
const LOOK_EVERY_MS = seconds(2);

/** The area. */
export const secrets = router({
  list: permit("secrets.read")
    .output(pageOf(adminRing))
    .query(async ({ ctx }) => ({ ...(await ringsOf(ctx.deps)), next: null })),
  live: permit("secrets.read")
    .input(liveInput)
    .subscription(({ ctx, signal }) => {
      let told = "";
      return tell(
        { ...ctx, permission: "secrets.read", signal },
        {
          output: adminRings,
          everyMs: LOOK_EVERY_MS,
          read: async () => {
            const data = await ringsOf(ctx.deps);
            const text = JSON.stringify(data);
            if (text === told) return { more: false };
            told = text;
            return { more: false, tell: { id: String(ctx.deps.clock.now()), data } };
          },
        },
      );
    }),
  schedule: permitFresh("secrets.rotate")
    .input(scheduleInput)
    .output(scheduleInput)
    .mutation(async ({ ctx, input }) => {
      const command = { ring: input.ring, everyDays: input.every_days };
      await scheduleRotation(ctx.deps, ctx.actor, command);
      return input;
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

async function ringsOf(deps: AdminDeps) {
  const rings = await describeRings(deps);
  const items = rings.map(({ ring, keys, everyDays, nextAt, toReseal }) => ({
    ring,
    keys: keys.map(keyShape),
    schedule: everyDays === null ? null : { every_days: everyDays, next_at: timeOrNull(nextAt) },
    to_reseal: toReseal,
  }));
  return { items };
}

function keyShape({ key, dependants, retiresAt, isRetirable }: KeyReport) {
  return {
    key: key.id,
    state: key.state,
    created_at: timeText(key.createdAt),
    current_at: timeOrNull(key.currentAt),
    previous_at: timeOrNull(key.previousAt),
    dependants: { ...dependants },
    retires_at: timeOrNull(retiresAt),
    retirable: isRetirable,
  };
}
