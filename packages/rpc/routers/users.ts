/**
 * Users: found, shown, blocked, signed out, and given a role.
 *
 * @module
 */

import {
  blockUser,
  deleteUser,
  facetUsers,
  inviteUser,
  requirePasswordChange,
  searchUsers,
  sendReset,
  setRole,
  signOutUser,
  type User,
  type UserActor,
  type UserId,
  unblockUser,
} from "@postern/auth";
import { timeText } from "@postern/std";
import {
  adminUser,
  adminUserDetail,
  blockUserInput,
  deletedUser,
  deleteUserInput,
  inviteInput,
  listInput,
  livePageInput,
  PAGE_LIMIT,
  PERMISSIONS,
  pageOf,
  queryInput,
  sentInvitation,
  sessionsEnded,
  setRoleInput,
  userFacets,
  userInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { tellPage } from "../live_page.ts";
import { permit, permitFresh, router } from "../procedure.ts";
import { goodPage, refused, unwrap } from "../refused.ts";
import { eventShape, facetShape, sessionShape, userShape } from "../shapes.ts";
import { untilOf } from "../until_of.ts";

/** Newest sessions, identities and events that are shown with a user. */
const SHOWN = 50;

/** The area. */
export const users = router({
  list: permit("users.read")
    .input(listInput)
    .output(pageOf(adminUser))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      return await listPage(ctx.deps, { query, limit, after });
    }),
  facets: permit("users.read")
    .input(queryInput)
    .output(userFacets)
    .query(async ({ ctx, input }) => facetShape(unwrap(await facetUsers(ctx.deps, input.query)))),
  live: permit("users.read")
    .input(livePageInput)
    .subscription(({ ctx, input, signal }) =>
      tellPage(
        { ...ctx, permission: "users.read", signal },
        {
          output: pageOf(adminUser),
          read: () => listPage(ctx.deps, { query: input.query, limit: PAGE_LIMIT }),
          markOf: ({ id, username, email, state, role }) =>
            `${id} ${username} ${email} ${state} ${role}`,
        },
      ),
    ),
  get: permit("users.read")
    .input(userInput)
    .output(adminUserDetail)
    .query(({ ctx, input }) => show(ctx.deps, ctx.actor, idOf(input))),
  invite: permit("users.invite")
    .input(inviteInput)
    .output(sentInvitation)
    .mutation(async ({ ctx, input }) => {
      const { email, expiresAt } = unwrap(await inviteUser(ctx.deps, ctx.actor, input));
      return { email, expires_at: timeText(expiresAt) };
    }),
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
  requirePasswordChange: permit("users.require_password_change")
    .input(userInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const command = { id: idOf(input) };
      const user = unwrap(await requirePasswordChange(ctx.deps, ctx.actor, command));
      return userShape(user, ctx.deps.clock.now());
    }),
  sendReset: permit("users.send_reset")
    .input(userInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const user = unwrap(await sendReset(ctx.deps, ctx.actor, { id: idOf(input) }));
      return userShape(user, ctx.deps.clock.now());
    }),
  delete: permitFresh("users.delete")
    .input(deleteUserInput)
    .output(deletedUser)
    .mutation(async ({ ctx, input }) => {
      const command = { id: idOf(input), reason: input.reason ?? null };
      const { user, sessionsEnded } = unwrap(await deleteUser(ctx.deps, ctx.actor, command));
      return { id: input.id, username: user.username, sessions_ended: sessionsEnded };
    }),
  setRole: permitFresh("users.set_role")
    .input(setRoleInput)
    .output(adminUser)
    .mutation(async ({ ctx, input }) => {
      const command = { id: idOf(input), role: input.role, expected: input.expected };
      const user = unwrap(await setRole(ctx.deps, ctx.actor, command));
      return userShape(user, ctx.deps.clock.now());
    }),
});

async function listPage(deps: AdminDeps, search: Parameters<typeof searchUsers>[1]) {
  const found = goodPage(unwrap(await searchUsers(deps, search)));
  const now = deps.clock.now();
  return { items: found.items.map((user) => userShape(user, now)), next: found.next };
}

async function show({ store, clock, socketsOf }: AdminDeps, actor: UserActor, id: UserId) {
  const user: User | null = await store.findUser(id);
  if (user === null) throw refused("not_found");
  const now = clock.now();
  const [sessions, identities, events] = await Promise.all([
    store.listSessions(id, now, { limit: SHOWN }),
    store.listIdentities(id, { limit: SHOWN }),
    mayReadEvents(actor) ? store.listEvents({ userId: id }, { limit: SHOWN }) : null,
  ]);
  return {
    ...userShape(user, now),
    identities: identities.items.map((one) => ({
      id: one.id,
      provider: one.providerId,
      label: one.label,
      linked_at: timeText(one.linkedAt),
      used_at: timeText(one.usedAt),
    })),
    sessions: sessions.items.map((session) => sessionShape({ session, user })),
    events: events === null ? null : events.items.map(eventShape),
    sockets: socketsOf(id),
  };
}

function mayReadEvents({ role }: UserActor): boolean {
  return role !== null && PERMISSIONS[role].has("audit.read");
}

function idOf({ id }: { readonly id: string }): UserId {
  return Number(id) as UserId;
}
