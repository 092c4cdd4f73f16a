/**
 * Decides who may connect to a conversation: Origin, then cookie, ticket or token, then membership.
 *
 * The first credential that is there counts; one that is bad is refused, and the next is not tried.
 *
 * @see RFC 6455, section 10.2 (Origin)
 * @module
 */

import {
  ACCESS_TOKEN_MS,
  authenticateToken,
  expiresAt,
  isBlocked,
  type SessionOfUser,
} from "@postern/auth";
import { type ChatStore, type ConversationId, spendTicket } from "@postern/chat";
import { after, type EpochMs, epochMs, isUuid } from "@postern/std";
import { CLOSE_CODES, type CloseCode } from "@postern/wire";
import { userActor } from "../http/actors.ts";
import type { BlockedAddresses } from "../http/blocked_addresses.ts";
import type { Cookies } from "../http/cookies.ts";
import type { OriginCheck } from "../http/cors_options.ts";
import type { IdentifyDeps } from "../http/identify.ts";
import type { RequestContext } from "../http/request_context.ts";
import { Connection } from "./connection.ts";
import type { Feed } from "./feed.ts";
import { CONNECTIONS_PER_ADDRESS_MAX, CONNECTIONS_PER_USER_MAX } from "./limits.ts";
import type { SocketRegistry } from "./socket_registry.ts";

/** What deciding needs. */
export interface AdmitDeps extends Omit<IdentifyDeps, "warm"> {
  readonly chat: ChatStore;
  readonly sockets: SocketRegistry;
  readonly feed: Pick<Feed, "begin" | "newest" | "post">;
  readonly isAllowedOrigin: OriginCheck;
  readonly blocked: Pick<BlockedAddresses, "holds">;
}

/** Longest token or ticket that is looked at, characters. Ours are shorter. */
const CREDENTIAL_MAX_LENGTH = 4_096;

/** A request to connect. */
export interface Knock {
  readonly context: RequestContext;
  readonly cookies: Cookies;
  /** As it stands in the path. */
  readonly conversation: string;
}

/** Decides; who may connect is in the registry already. A refusal is the code to close with. */
export async function admit(deps: AdmitDeps, knock: Knock): Promise<Connection | CloseCode> {
  const { origin } = knock.context;
  const isForeign =
    origin === null ? knock.cookies.access !== undefined : !deps.isAllowedOrigin(origin);
  if (isForeign) return CLOSE_CODES.forbidden;
  const holder = await findHolder(deps, knock);
  if (holder === null) return CLOSE_CODES.unauthenticated;
  if (!isUuid(knock.conversation)) return CLOSE_CODES.forbidden;
  const { user } = holder;
  const addressKey = knock.context.caller.limitKey;
  const isCrowded =
    deps.sockets.ofUser(user.id) >= CONNECTIONS_PER_USER_MAX ||
    deps.sockets.ofAddress(addressKey) >= CONNECTIONS_PER_ADDRESS_MAX;
  if (isCrowded) return CLOSE_CODES.tooMany;
  const connection = new Connection({
    actor: userActor(knock.context, holder),
    conversationId: knock.conversation as ConversationId,
    addressKey,
    keyId: holder.keyId,
    expiresAt: holder.expiresAt,
  });
  deps.sockets.add(connection);
  const verdict = await lookAgain(deps, connection);
  if (typeof verdict === "object") return verdict;
  deps.sockets.remove(connection);
  return verdict;
}

/** After it is in the registry, so that what ends from here on reaches it. */
async function lookAgain(deps: AdmitDeps, connection: Connection): Promise<Connection | CloseCode> {
  const [found, seq] = await Promise.all([
    deps.store.findSession(connection.sessionId),
    deps.chat.findSeq(connection.conversationId, connection.user.id),
  ]);
  if (found === null || !isUsable(found, deps.clock.now())) return CLOSE_CODES.unauthenticated;
  const { ip } = connection.actor;
  const isKeptOut = ip !== null && deps.blocked.holds({ caller: { ip } });
  if (seq === null || isKeptOut) return CLOSE_CODES.forbidden;
  await deps.feed.begin(connection.conversationId, seq);
  return connection;
}

/** Whom a credential stands for, and until when. */
interface Holder extends SessionOfUser {
  readonly keyId: string | null;
  readonly expiresAt: EpochMs;
}

async function findHolder(deps: AdmitDeps, knock: Knock): Promise<Holder | null> {
  if (knock.cookies.access !== undefined) return await readToken(deps, knock.cookies.access);
  const { searchParams } = new URL(knock.context.request.url);
  const ticket = searchParams.get("ticket");
  if (ticket !== null) return await readTicket(deps, { ticket, origin: knock.context.origin });
  const token = searchParams.get("token");
  return token === null ? null : await readToken(deps, token);
}

/** Whom an access token stands for; null for one that is not good. */
export async function readToken(
  deps: Pick<AdmitDeps, "clock" | "store" | "tokens">,
  token: string,
): Promise<Holder | null> {
  if (token.length > CREDENTIAL_MAX_LENGTH) return null;
  const read = await authenticateToken(deps, token);
  if (!read.ok) return null;
  const { user, session, claims } = read.value;
  const ends = Math.min(claims.expiresAt, expiresAt(session));
  return { user, session, keyId: claims.keyId, expiresAt: epochMs(ends) };
}

/** A ticket opens for as long as a token that was made now would. */
async function readTicket(
  deps: AdmitDeps,
  shown: { readonly ticket: string; readonly origin: string | null },
): Promise<Holder | null> {
  if (shown.ticket.length > CREDENTIAL_MAX_LENGTH) return null;
  const sessionId = await spendTicket(deps, shown);
  const found = sessionId === null ? null : await deps.store.findSession(sessionId);
  const now = deps.clock.now();
  if (found === null || !isUsable(found, now)) return null;
  const ends = Math.min(after(now, ACCESS_TOKEN_MS), expiresAt(found.session));
  return { ...found, keyId: null, expiresAt: epochMs(ends) };
}

function isUsable({ user, session }: SessionOfUser, now: EpochMs): boolean {
  return session.endedAt === null && now < expiresAt(session) && !isBlocked(user, now);
}
