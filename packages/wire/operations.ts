/**
 * All calls of the REST interface.
 *
 * @module
 */

import type { Operation } from "./operation.ts";
import { acceptInvitation } from "./operations/accept_invitation.ts";
import { addMembers } from "./operations/add_members.ts";
import { beginProviderSignIn } from "./operations/begin_provider_sign_in.ts";
import { changeEmail } from "./operations/change_email.ts";
import { changePassword } from "./operations/change_password.ts";
import { checkPassword } from "./operations/check_password.ts";
import { createConversation } from "./operations/create_conversation.ts";
import { getCsrf } from "./operations/csrf.ts";
import { decideAuthorization } from "./operations/decide_authorization.ts";
import { describeAuthorization } from "./operations/describe_authorization.ts";
import { getDescription } from "./operations/description.ts";
import { endOtherSessions } from "./operations/end_other_sessions.ts";
import { endSession } from "./operations/end_session.ts";
import { finishProviderSignIn } from "./operations/finish_provider_sign_in.ts";
import { forgotPassword } from "./operations/forgot_password.ts";
import { getAccountToken } from "./operations/get_account_token.ts";
import { getConversation } from "./operations/get_conversation.ts";
import { getHealth } from "./operations/health.ts";
import { issueConsoleTokens } from "./operations/issue_console_tokens.ts";
import { issueTicket } from "./operations/issue_ticket.ts";
import { issueTokens } from "./operations/issue_tokens.ts";
import { getKeySet } from "./operations/key_set.ts";
import { leaveConversation } from "./operations/leave_conversation.ts";
import { linkAccount } from "./operations/link_account.ts";
import { listAccounts } from "./operations/list_accounts.ts";
import { listConversations } from "./operations/list_conversations.ts";
import { listProviders } from "./operations/list_providers.ts";
import { listSessions } from "./operations/list_sessions.ts";
import { markRead } from "./operations/mark_read.ts";
import { getMe } from "./operations/me.ts";
import { getMetrics } from "./operations/metrics.ts";
import { getReadiness } from "./operations/readiness.ts";
import { receiveProviderAnswer } from "./operations/receive_provider_answer.ts";
import { refresh } from "./operations/refresh.ts";
import { removeMember } from "./operations/remove_member.ts";
import { renameConversation } from "./operations/rename_conversation.ts";
import { reportCsp } from "./operations/report_csp.ts";
import { resetPassword } from "./operations/reset_password.ts";
import { revokeConsoleToken } from "./operations/revoke_console_token.ts";
import { setUp } from "./operations/set_up.ts";
import { showAuthorization } from "./operations/show_authorization.ts";
import { signIn } from "./operations/sign_in.ts";
import { signOut } from "./operations/sign_out.ts";
import { signUp } from "./operations/sign_up.ts";
import { undoEmailChange } from "./operations/undo_email_change.ts";
import { unlinkAccount } from "./operations/unlink_account.ts";
import { updateProfile } from "./operations/update_profile.ts";
import { verifyEmail } from "./operations/verify_email.ts";

/** All calls, by id. */
export const OPERATIONS = {
  getCsrf,
  signUp,
  verifyEmail,
  signIn,
  issueTokens,
  refresh,
  signOut,
  getMe,
  updateProfile,
  changeEmail,
  undoEmailChange,
  changePassword,
  forgotPassword,
  resetPassword,
  checkPassword,
  listSessions,
  endSession,
  endOtherSessions,
  listProviders,
  beginProviderSignIn,
  finishProviderSignIn,
  receiveProviderAnswer,
  listAccounts,
  linkAccount,
  unlinkAccount,
  getAccountToken,
  issueTicket,
  createConversation,
  listConversations,
  getConversation,
  renameConversation,
  leaveConversation,
  addMembers,
  removeMember,
  markRead,
  acceptInvitation,
  setUp,
  describeAuthorization,
  showAuthorization,
  decideAuthorization,
  issueConsoleTokens,
  revokeConsoleToken,
  reportCsp,
  getHealth,
  getReadiness,
  getMetrics,
  getKeySet,
  getDescription,
} as const satisfies Record<string, Operation>;

/** The id of a call. */
export type OperationId = keyof typeof OPERATIONS;
