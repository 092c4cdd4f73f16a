/**
 * All calls of the REST interface that the server answers.
 *
 * @module
 */

import type { CHAT_OPERATIONS } from "./chat_operations.ts";
import type { Operation } from "./operation.ts";
import { beginProviderSignIn } from "./operations/begin_provider_sign_in.ts";
import { changeEmail } from "./operations/change_email.ts";
import { changePassword } from "./operations/change_password.ts";
import { getCsrf } from "./operations/csrf.ts";
import { getDescription } from "./operations/description.ts";
import { endOtherSessions } from "./operations/end_other_sessions.ts";
import { endSession } from "./operations/end_session.ts";
import { finishProviderSignIn } from "./operations/finish_provider_sign_in.ts";
import { forgotPassword } from "./operations/forgot_password.ts";
import { getAccountToken } from "./operations/get_account_token.ts";
import { getHealth } from "./operations/health.ts";
import { issueTokens } from "./operations/issue_tokens.ts";
import { getKeySet } from "./operations/key_set.ts";
import { linkAccount } from "./operations/link_account.ts";
import { listAccounts } from "./operations/list_accounts.ts";
import { listProviders } from "./operations/list_providers.ts";
import { listSessions } from "./operations/list_sessions.ts";
import { getMe } from "./operations/me.ts";
import { getMetrics } from "./operations/metrics.ts";
import { getReadiness } from "./operations/readiness.ts";
import { refresh } from "./operations/refresh.ts";
import { reportCsp } from "./operations/report_csp.ts";
import { resetPassword } from "./operations/reset_password.ts";
import { setUp } from "./operations/set_up.ts";
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
  listSessions,
  endSession,
  endOtherSessions,
  listProviders,
  beginProviderSignIn,
  finishProviderSignIn,
  listAccounts,
  linkAccount,
  unlinkAccount,
  getAccountToken,
  setUp,
  reportCsp,
  getHealth,
  getReadiness,
  getMetrics,
  getKeySet,
  getDescription,
} as const satisfies Record<string, Operation>;

/** The id of a call. */
export type OperationId = keyof typeof OPERATIONS | keyof typeof CHAT_OPERATIONS;
