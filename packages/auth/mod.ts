/**
 * Rules and use cases of accounts, sessions, tokens, keys, limits and events.
 *
 * @module
 */

export { changeEmail } from "./account/change_email.ts";
export { changePassword } from "./account/change_password.ts";
export { endOtherSessions, endSession } from "./account/end_sessions.ts";
export { forgotPassword } from "./account/forgot_password.ts";
export { judgePassword } from "./account/judge_password.ts";
export { resetPassword } from "./account/reset_password.ts";
export { signOut, signOutByRefreshToken } from "./account/sign_out.ts";
export { undoEmailChange } from "./account/undo_email_change.ts";
export { updateProfile } from "./account/update_profile.ts";
export {
  type Actor,
  type AnonymousActor,
  type OperatorActor,
  SYSTEM,
  type UserActor,
} from "./actor.ts";
export { requirePasswordChange, sendReset } from "./admin/act_on_password.ts";
export type { HasActivity, Sample } from "./admin/activity.ts";
export {
  type AddressBlock,
  type BlockEnd,
  compileBlocks,
} from "./admin/address_blocks.ts";
export { blockAddress, unblockAddress } from "./admin/block_address.ts";
export type { Facets, FacetValue } from "./admin/count_values.ts";
export { deleteUser } from "./admin/delete_user.ts";
export { describeRings, type KeyReport, previewCompromise } from "./admin/describe_rings.ts";
export { dryRunLimit } from "./admin/dry_run_limit.ts";
export { type EndedSession, endAnySession, endMatchingSessions } from "./admin/end_any_session.ts";
export { facetEvents } from "./admin/facet_events.ts";
export { facetSessions } from "./admin/facet_sessions.ts";
export { facetUsers } from "./admin/facet_users.ts";
export { followEvents } from "./admin/follow_events.ts";
export { isFresh } from "./admin/guard_target.ts";
export {
  type LiveSetting,
  type LiveSettingName,
  type LiveSettings,
  PASSWORD_MIN_LENGTHS,
  readLiveSetting,
} from "./admin/live_settings.ts";
export { readAddressBlocks } from "./admin/read_address_blocks.ts";
export { resetCount } from "./admin/reset_count.ts";
export { searchEvents, searchSessions, searchUsers, stateOf } from "./admin/search.ts";
export { setRole } from "./admin/set_role.ts";
export { type Summary, summarize } from "./admin/summarize.ts";
export { testProvider } from "./admin/test_provider.ts";
export { limitVersion, updateLimit } from "./admin/update_limit.ts";
export { updateSetting } from "./admin/update_setting.ts";
export type { Bookkeeping, CspReport, Resealed, Rotation } from "./bookkeeping.ts";
export type { Change } from "./change.ts";
export { type Action, isAction } from "./events/actions.ts";
export { CHAIN_START, canonicalEvent, chainHash, follows } from "./events/chain.ts";
export type { AuditEvent, Details, NewEvent } from "./events/event.ts";
export { eventOf } from "./events/event.ts";
export { reportCsp } from "./events/report_csp.ts";
export { verifyChain, walkChain } from "./events/verify_chain.ts";
export { acceptInvitation } from "./invitations/accept_invitation.ts";
export type { Invitation } from "./invitations/invitation.ts";
export { inviteUser } from "./invitations/invite_user.ts";
export { ensureKeys } from "./keys/ensure_keys.ts";
export {
  type Dependants,
  type Key,
  type KeyId,
  type KeyState,
  RINGS,
  type Ring,
} from "./keys/key.ts";
export type {
  FindSealingKey,
  OpenError,
  SealingKey,
  Vault,
} from "./keys/ports.ts";
export { type ResealProgress, resealSecrets } from "./keys/reseal_secrets.ts";
export { retireKeys } from "./keys/retire_keys.ts";
export { type KeyMaker, rotateKeys } from "./keys/rotate_keys.ts";
export { rotateDueKeys, scheduleRotation } from "./keys/rotation_schedule.ts";
export {
  ACCESS_TOKEN_MS,
  ADMIN_SESSION_ABSOLUTE_MS,
  ENDED_SESSION_KEPT_MS,
  GUARDED_ANSWER_MS,
  REFRESH_REPLAY_MS,
  SESSION_ABSOLUTE_MS,
} from "./lifetimes.ts";
export type {
  Counted,
  Decision,
  DecisionBook,
  HasDecisions,
  Held,
  Pressure,
} from "./limits/decisions.ts";
export { type Count, countOne, type RateRule, type SpentUntilUs } from "./limits/gcra.ts";
export { DEFAULT_LIMITS, type Limit, type LimitId, type LimitScope } from "./limits/limit.ts";
export type { Limiter, RateLimited } from "./limits/limiter.ts";
export { createRefusalNotes } from "./limits/note_rate_limited.ts";
export type { Counters } from "./limits/ports.ts";
export type { Link, LinkKind } from "./links/link.ts";
export { newSecret } from "./links/secret.ts";
export { type Letter, letterContext, packLetter, unpackLetter } from "./mails/letter.ts";
export { MAIL_LEASE_MS } from "./mails/limits.ts";
export type { Mail, RenderedMail } from "./mails/mail.ts";
export type { ClaimedMail, MailId, Outbox } from "./mails/ports.ts";
export { renderMail } from "./mails/render_mail.ts";
export { giveUpAt, nextAttemptAt } from "./mails/retry.ts";
export { type AllowConsoleError, allowConsole, denyConsole } from "./oauth/allow_console.ts";
export { authenticateConsole } from "./oauth/authenticate_console.ts";
export {
  type AuthorizationError,
  type AuthorizationRequest,
  CONSOLE_CLIENT,
  checkAuthorization,
  isRecentEnough,
} from "./oauth/check_authorization.ts";
export { exchangeCode } from "./oauth/exchange_code.ts";
export type { OauthCode } from "./oauth/oauth_code.ts";
export { type AskedOperation, actorFor } from "./oauth/operation.ts";
export { recheckConsole } from "./oauth/recheck_console.ts";
export { refuseConsole } from "./oauth/refuse_console.ts";
export { revokeConsole } from "./oauth/revoke_console.ts";
export { blockUser, unblockUser } from "./operate/block_user.ts";
export { findNamedUser } from "./operate/find_named_user.ts";
export { signOutUser } from "./operate/sign_out_user.ts";
export type { Page, PageRequest } from "./page.ts";
export { isCommonPassword } from "./passwords/is_common_password.ts";
export type { PasswordHasher } from "./passwords/ports.ts";
export type { HasLimiter, Policy, Sealer } from "./ports.ts";
export { beginVisit } from "./providers/begin_visit.ts";
export { continueDeletions, deleteProvider } from "./providers/delete_provider.ts";
export {
  createProvider,
  replaceProviderSecret,
  setProviderEnabled,
  updateProvider,
} from "./providers/edit_providers.ts";
export { type FinishVisit, finishVisit } from "./providers/finish_visit.ts";
export type { Flow } from "./providers/flow.ts";
export { handOutToken } from "./providers/hand_out_token.ts";
export {
  type Identity,
  type IdentityId,
  type IdentityTokens,
  tokenContext,
} from "./providers/identity.ts";
export {
  type Leaving,
  type Provider,
  type ProviderKind,
  type ProviderPatch,
  type ProviderWithSecret,
  providerContext,
} from "./providers/provider.ts";
export type {
  OpenProvider,
  ProviderAccount,
  ProviderCheck,
  ProviderClient,
  ProviderFailure,
  ProviderTokens,
  Return,
  VisitRequest,
} from "./providers/provider_client.ts";
export type {
  DropStep,
  LockedOut,
  LockedOutStep,
  ProviderBookkeeping,
  ProviderHealth,
} from "./providers/provider_store.ts";
export { refreshDueTokens } from "./providers/refresh_due_tokens.ts";
export { seedProviders } from "./providers/seed_providers.ts";
export { unlinkIdentity } from "./providers/unlink_identity.ts";
export { checkProvider, watchProviders } from "./providers/watch_providers.ts";
export {
  type AuthenticateError,
  authenticateCookie,
  authenticateToken,
} from "./sessions/authenticate.ts";
export { type CookieKey, csrfToken, isCsrfToken } from "./sessions/csrf.ts";
export {
  type EndReason,
  expiresAt,
  familyEndsAt,
  isLive,
  type Session,
  type SessionId,
  type SessionKind,
  signedInAt,
} from "./sessions/session.ts";
export { makeFirstSetupLink, makeSetupLink } from "./setup/make_setup_link.ts";
export { setUp } from "./setup/set_up.ts";
export type { SignedIn, TokenPair } from "./sign_in/complete_sign_in.ts";
export { type SignInError, signIn } from "./sign_in/sign_in.ts";
export { signUp } from "./sign_up/sign_up.ts";
export type { Signup, SignupId } from "./sign_up/signup.ts";
export { verifyEmail } from "./sign_up/verify_email.ts";
export type {
  AuthReads,
  AuthStore,
  AuthTx,
  EventFilter,
  EventTally,
  NewUser,
  SessionFilter,
  SessionOfUser,
  Taken,
  TallyRequest,
  Written,
} from "./store.ts";
export { refresh } from "./tokens/refresh.ts";
export type { RefreshToken, RefreshTokenId } from "./tokens/refresh_token.ts";
export type { Claims, TokenError, Tokens, TokenType, VerifiedClaims } from "./tokens/tokens.ts";
export { isBlocked, type Role, type User, type UserId, type UserPatch } from "./users/user.ts";
