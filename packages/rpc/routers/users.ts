/**
 * Users: found, shown, blocked, signed out, and given a role.
 *
 * @module
 */

import {
  blockUser,
  searchUsers,
  setRole,
  signOutUser,
  type User,
  type UserId,
  unblockUser,
} from "@postern/auth";
import {
  adminUser,
  adminUserDetail,
  blockUserInput,
  listInput,
  pageOf,
  sessionsEnded,
  setRoleInput,
  userInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { permit, permitFresh, router } from "../procedure.ts";
import { goodPage, refused, unwrap } from "../refused.ts";
import { sessionShape, userShape } from "../shapes.ts";
import { untilOf } from "../until_of.ts";

/** Newest sessions and identities that are shown with a user. */
const SHOWN = 50;

/** The area. */
export const users = router({
  list: permit("users.read")
    .input(listInput)
    .output(pageOf(adminUser))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      const found = goodPage(unwrap(await searchUsers(ctx.deps, { query, limit, after })));
      const now = ctx.deps.clock.now();
      return { items: found.items.map((user) => userShape(user, now)), next: found.next };
    }),
  get: permit("users.read")
    .input(userInput)
    .output(adminUserDetail)
    .query(({ ctx, input }) => show(ctx.deps, idOf(input))),
  block: permit("users.block")
    .input(blockUserInput)
    .output(adminUser.extend(sessionsEnded.shape))
    .mutation(async ({ ctx, input }) => {
      const until = untilOf(input.until);
      const command = { id: idOf(input), reason: input.reason ?? null, until };
      const done = unwrap(await blockUser(ctx.deps, ctx.actor, command));
      const shape = userShape(done.user, ctx.deps.clock.now());
      return { ...shape, sessions_ended: done.sessionsEnded };
    }),
  unblock: permit("users.block")
    .input(userInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const user = unwrap(await unblockUser(ctx.deps, ctx.actor, { id: idOf(input) }));
      return userShape(user, ctx.deps.clock.now());
    }),
  signOut: permit("users.sign_out")
    .input(userInput)
    .output(sessionsEnded)
    .mutation(async ({ ctx, input }) => {
      const done = unwrap(await signOutUser(ctx.deps, ctx.actor, { id: idOf(input) }));
      return { sessions_ended: done.sessionsEnded };
    }),
  setRole: permitFresh("users.set_role")
    .input(setRoleInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const command = { id: idOf(input), role: input.role };
      const user = unwrap(await setRole(ctx.deps, ctx.actor, command));
      return userShape(user, ctx.deps.clock.now());
    }),
});

async function show({ store, clock }: AdminDeps, id: UserId) {
  const user: User | null = await store.findUser(id);
  if (user === null) throw refused("not_found");
  const now = clock.now();
  const [sessions, identities] = await Promise.all([
    store.listSessions(id, now, { limit: SHOWN }),
    store.listIdentities(id, { limit: SHOWN }),
  ]);
  return {
    ...userShape(user, now),
    identities: identities.items.map((one) => ({
      id: one.id,
      provider: one.providerId,
      label: one.label,
    })),
    sessions: sessions.items.map((session) => sessionShape({ session, user })),
  };
}

function idOf({ id }: { readonly id: string }): UserId {
  return Number(id) as UserId;
}
