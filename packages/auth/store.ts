/**
 * The port to storage. A file or a server of libSQL stands behind it.
 *
 * `write` is the only way to change what the rules know, and asks for the event; bookkeeping (what
 * was seen last, spent tokens, counts of reports) has narrow methods of its own in `bookkeeping.ts`.
 *
 * @module
 */

import type { EpochMs, Result } from "@postern/std";
import type { AddressBlock } from "./admin/address_blocks.ts";
import type { Bookkeeping } from "./bookkeeping.ts";
import type { Change } from "./change.ts";
import type { AuditEvent, NewEvent } from "./events/event.ts";
import type { Invitation } from "./invitations/invitation.ts";
import type { Dependants, Key, KeyId, KeyState } from "./keys/key.ts";
import type { Limit } from "./limits/limit.ts";
import type { Link, LinkKind } from "./links/link.ts";
import type { Mail } from "./mails/mail.ts";
import type { OauthCode } from "./oauth/oauth_code.ts";
import type { Page, PageRequest } from "./page.ts";
import type { ProviderReads, ProviderWrites } from "./providers/provider_store.ts";
import type { EndReason, Session, SessionId } from "./sessions/session.ts";
import type { SetupLink } from "./setup/setup_link.ts";
import type { Signup, SignupId } from "./sign_up/signup.ts";
import type { RefreshToken, RefreshTokenId } from "./tokens/refresh_token.ts";
import type { User, UserId, UserPatch } from "./users/user.ts";

/** Which events. All that is given must hold. */
export interface EventFilter {
  readonly userId?: UserId | undefined;
  readonly action?: string | undefined;
  readonly ip?: string | undefined;
  readonly success?: boolean | undefined;
  /** From then on. */
  readonly since?: EpochMs | undefined;
  /** Before then. */
  readonly until?: EpochMs | undefined;
}

/** A session with whom it belongs to. */
export interface SessionOfUser {
  readonly session: Session;
  readonly user: User;
}

/** What to count of the events of an action. */
export interface TallyRequest {
  readonly action: string;
  /** From then on. */
  readonly since: EpochMs;
  /** A minute, as the time at which it begins; or what the details name so, empty where they do not. */
  readonly by: "minute" | "reason" | "limit";
  /** Most events that are counted, the newest. */
  readonly most: number;
}

/** Counts of events. */
export interface EventTally {
  readonly total: number;
  /** Whether counting stopped at the most. */
  readonly more: boolean;
  readonly groups: readonly { readonly key: string; readonly count: number }[];
}

/** How many there are. */
export interface LiveCount {
  readonly count: number;
  /** Whether it was estimated. */
  readonly isAbout: boolean;
}

/** A user that does not exist yet. How long the password is need not be known. */
export type NewUser = Omit<User, "id" | Untold> & Partial<Pick<User, Untold>>;

type Untold = "passwordIsLong" | "mustChangePassword";

/** Which unique name was in the way. */
export type Taken = { readonly code: "username_taken" } | { readonly code: "email_taken" };

/** Everything that can be looked up, outside a write and within one. */
export interface AuthReads extends ProviderReads {
  findUser(id: UserId): Promise<User | null>;
  /** Compared in lower case. */
  findUserByEmail(email: string): Promise<User | null>;
  /** Compared in lower case. */
  findUserByUsername(username: string): Promise<User | null>;
  /** Newest first; only those that have not run out at `now`; by address or username, in lower case. At most 20. */
  findSignups(
    by: { email: string } | { username: string },
    now: EpochMs,
  ): Promise<readonly Signup[]>;
  findSignupByLink(linkHash: string): Promise<Signup | null>;
  findLink(tokenHash: string, kind: LinkKind): Promise<Link | null>;
  /** Finds a code, spent ones and those that have run out too, for as long as what it was spent on may live. */
  findOauthCode(codeHash: string): Promise<OauthCode | null>;
  findInvitation(tokenHash: string): Promise<Invitation | null>;
  /** Tells whether a setup link is there and has not run out. */
  isSetupLinkOpen(tokenHash: string, now: EpochMs): Promise<boolean>;
  findSession(id: SessionId): Promise<SessionOfUser | null>;
  findSessionBySecret(secretHash: string): Promise<SessionOfUser | null>;
  /** Only live ones at `now`, by id descending. */
  listSessions(userId: UserId, now: EpochMs, page: PageRequest): Promise<Page<Session>>;
  /** Everybody's, only live ones at `now`, by id descending. */
  listAllSessions(now: EpochMs, page: PageRequest): Promise<Page<SessionOfUser>>;
  /** Owners who are not blocked at `now`, beside one. */
  countOtherOwners(than: UserId, now: EpochMs): Promise<number>;
  /** Tells whether anybody is an owner, blocked or not. */
  hasOwner(): Promise<boolean>;
  findRefreshToken(id: RefreshTokenId): Promise<RefreshToken | null>;
  listKeys(): Promise<readonly Key[]>;
  /** Live sessions and unspent, unexpired refresh tokens that the key signed; rows sealed by it. */
  countDependants(keyId: KeyId, now: EpochMs): Promise<Dependants>;
  /** Live consoles that hold a token, unspent and unexpired, that the key signed. */
  countConsoles(keyId: KeyId, now: EpochMs): Promise<number>;
  listLimits(): Promise<readonly Limit[]>;
  /** Stored settings by name, whatever they may be. */
  readSettings(): Promise<ReadonlyMap<string, string>>;
  findAddressBlock(cidr: string): Promise<AddressBlock | null>;
  /** Only those that hold at `now`, by time descending, and by range where times are equal. */
  listAddressBlocks(now: EpochMs, page: PageRequest): Promise<Page<AddressBlock>>;
  /**
   * By id descending. `query`: words that stand in username, e-mail or name; or an id. Words of fewer
   * than three characters count only where all are: the first is then how a username begins.
   */
  listUsers(query: string | undefined, page: PageRequest): Promise<Page<User>>;
  /** By time descending, and by position where times are equal. */
  listEvents(filter: EventFilter, page: PageRequest): Promise<Page<AuditEvent>>;
  /** Counts the newest events of an action. */
  tallyEvents(request: TallyRequest): Promise<EventTally>;
  /** How many sessions are live, estimated where there are many. */
  aboutLiveSessions(now: EpochMs): Promise<LiveCount>;
  /** Position of the newest event; 0 where there is none. */
  newestEvent(): Promise<number>;
  /**
   * By position ascending, from `fromSeq` on: for walking the chain. A row that somebody made
   * something else of than an event comes without a hash.
   */
  readChain(fromSeq: number, limit: number): Promise<readonly AuditEvent[]>;
}

/** Which sessions end. */
export type SessionFilter =
  | { readonly id: SessionId; readonly userId?: UserId }
  | { readonly userId: UserId; readonly except?: SessionId | undefined }
  | { readonly ids: readonly SessionId[] }
  | { readonly keyId: KeyId };

/** What can be changed within one transaction. Only await what is of the transaction itself. */
export interface AuthTx extends AuthReads, ProviderWrites {
  insertUser(user: NewUser): Promise<Result<User, Taken>>;
  /** Announces `user_changed`. */
  updateUser(id: UserId, patch: UserPatch): Promise<Result<User, Taken>>;
  /** Deletes a user with all that refers to it, and announces `user_changed`. Sessions are ended before. */
  deleteUser(id: UserId): Promise<void>;
  insertSignup(signup: Signup): Promise<void>;
  /** Gives a signup a new link, which voids the older one. */
  renewSignupLink(id: SignupId, linkHash: string, linkExpiresAt: EpochMs): Promise<void>;
  /** Spends a signup by its link, once: the row is gone; null where it was not there or its link has run out. */
  takeSignup(linkHash: string, now: EpochMs): Promise<Signup | null>;
  deleteSignupsOf(email: string): Promise<void>;
  insertLink(link: Link): Promise<void>;
  /** Spends a link, once; null where it is unknown, spent or has run out. */
  spendLink(tokenHash: string, kind: LinkKind, now: EpochMs): Promise<Link | null>;
  /** Voids the links of a user of these kinds: all, or those made at `since` and later. */
  voidLinks(userId: UserId, kinds: readonly LinkKind[], since?: EpochMs): Promise<void>;
  insertOauthCode(code: OauthCode): Promise<void>;
  /** Spends a code for a session, once; `false` where it is unknown, spent or has run out. */
  spendOauthCode(codeHash: string, sessionId: SessionId, now: EpochMs): Promise<boolean>;
  /** Puts an invitation in place of the one that its address has. */
  putInvitation(invitation: Invitation): Promise<void>;
  /** Spends an invitation, once; `false` where it is unknown, spent or has run out. */
  spendInvitation(tokenHash: string, now: EpochMs): Promise<boolean>;
  insertSetupLink(link: SetupLink): Promise<void>;
  /** Spends a setup link, once, and voids all others; `false` where it is unknown, spent or has run out. */
  spendSetupLink(tokenHash: string, now: EpochMs): Promise<boolean>;
  insertSession(session: Session, secretHash: string): Promise<void>;
  /**
   * Ends sessions and their tokens, and announces `session_ended` for each. One that rests too long by
   * what is stored is ended too, since it may have been seen since; one past its absolute limit is not.
   *
   * Unless they end by a `logout`, their users' links to another address are void as well: whoever held
   * the session may have asked for it.
   */
  endSessions(filter: SessionFilter, at: EpochMs, reason: EndReason): Promise<readonly SessionId[]>;
  /** Where its key was dropped meanwhile, its session ends in the same moment, as those did whose tokens it signed. */
  insertRefreshToken(token: RefreshToken): Promise<void>;
  /** A ring has at most one key that is current, and one that is next. Announces `keys_changed`. */
  insertKey(key: Key): Promise<void>;
  /** Moves a key on, if it still stands where it stood; `false` where it does not. Announces `keys_changed`. */
  moveKey(id: KeyId, from: KeyState, to: KeyState, at: EpochMs): Promise<boolean>;
  /** `false` where there is no such limit. Announces `limits_changed`. */
  updateLimit(limit: Limit): Promise<boolean>;
  /** Announces `settings_changed`. */
  putSetting(name: string, value: string): Promise<void>;
  /** Puts a block in place of what there is for its range. Announces `limits_changed`. */
  putAddressBlock(block: AddressBlock): Promise<void>;
  /** `false` where there is no such block. Announces `limits_changed`. */
  deleteAddressBlock(cidr: string): Promise<boolean>;
  /** Queues a mail; it is sent once the transaction has committed. */
  queueMail(to: string, mail: Mail, at: EpochMs): Promise<void>;
  announce(change: Change): void;
}

/** What a write gives back, and the event that tells of it. Several events only where several things happened. */
export interface Written<T> {
  readonly value: T;
  readonly event: NewEvent | readonly [NewEvent, ...NewEvent[]];
}

/** The store. */
export interface AuthStore extends AuthReads {
  /**
   * Runs `work` in one transaction and commits it with its event, or nothing of it.
   *
   * Waiting writes commit together. What was announced has been acted on in this process before the
   * promise resolves. A throw in `work` rolls back that work alone.
   *
   * @param patienceMs How long it may wait for others to commit with, milliseconds; none by default. For
   * callers whose answer is held back longer than that anyway.
   */
  write<T>(work: (tx: AuthTx) => Promise<Written<T>>, patienceMs?: number): Promise<T>;
  readonly bookkeeping: Bookkeeping;
}
