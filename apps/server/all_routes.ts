/**
 * Every route, each with what it names as its dependencies.
 *
 * @module
 */

import type { Route } from "./http/route.ts";
import { acceptInvitationRoute } from "./routes/accept_invitation.ts";
import { addMembersRoute } from "./routes/add_members.ts";
import { beginProviderSignInRoute } from "./routes/begin_provider_sign_in.ts";
import { changeEmailRoute } from "./routes/change_email.ts";
import { changePasswordRoute } from "./routes/change_password.ts";
import { checkPasswordRoute } from "./routes/check_password.ts";
import { createConversationRoute } from "./routes/create_conversation.ts";
import { decideAuthorizationRoute } from "./routes/decide_authorization.ts";
import { describeAuthorizationRoute } from "./routes/describe_authorization.ts";
import { endOtherSessionsRoute } from "./routes/end_other_sessions.ts";
import { endSessionRoute } from "./routes/end_session.ts";
import { finishProviderSignInRoute } from "./routes/finish_provider_sign_in.ts";
import { forgotPasswordRoute } from "./routes/forgot_password.ts";
import { getAccountTokenRoute } from "./routes/get_account_token.ts";
import { getConversationRoute } from "./routes/get_conversation.ts";
import { getCsrfRoute } from "./routes/get_csrf.ts";
import { getDescriptionRoute } from "./routes/get_description.ts";
import { getHealthRoute } from "./routes/get_health.ts";
import { getKeySetRoute } from "./routes/get_key_set.ts";
import { getMeRoute } from "./routes/get_me.ts";
import { getMetricsRoute } from "./routes/get_metrics.ts";
import { getReadinessRoute } from "./routes/get_readiness.ts";
import { issueConsoleTokensRoute } from "./routes/issue_console_tokens.ts";
import { issueTicketRoute } from "./routes/issue_ticket.ts";
import { issueTokensRoute } from "./routes/issue_tokens.ts";
import { leaveConversationRoute } from "./routes/leave_conversation.ts";
import { linkAccountRoute } from "./routes/link_account.ts";
import { listAccountsRoute } from "./routes/list_accounts.ts";
import { listConversationsRoute } from "./routes/list_conversations.ts";
import { listProvidersRoute } from "./routes/list_providers.ts";
import { listSessionsRoute } from "./routes/list_sessions.ts";
import { markReadRoute } from "./routes/mark_read.ts";
import { receiveProviderAnswerRoute } from "./routes/receive_provider_answer.ts";
import { refreshRoute } from "./routes/refresh.ts";
import { removeMemberRoute } from "./routes/remove_member.ts";
import { renameConversationRoute } from "./routes/rename_conversation.ts";
import { reportCspRoute } from "./routes/report_csp.ts";
import { resetPasswordRoute } from "./routes/reset_password.ts";
import { revokeConsoleTokenRoute } from "./routes/revoke_console_token.ts";
import { setUpRoute } from "./routes/set_up.ts";
import { showAuthorizationRoute } from "./routes/show_authorization.ts";
import { signInRoute } from "./routes/sign_in.ts";
import { signOutRoute } from "./routes/sign_out.ts";
import { signUpRoute } from "./routes/sign_up.ts";
import { undoEmailChangeRoute } from "./routes/undo_email_change.ts";
import { unlinkAccountRoute } from "./routes/unlink_account.ts";
import { updateProfileRoute } from "./routes/update_profile.ts";
import { verifyEmailRoute } from "./routes/verify_email.ts";

type FirstOf<Maker> = Maker extends (deps: infer Deps) => Route ? Deps : unknown;

/** What all routes need together. */
export type RouteDeps = FirstOf<typeof beginProviderSignInRoute> &
  FirstOf<typeof changeEmailRoute> &
  FirstOf<typeof changePasswordRoute> &
  FirstOf<typeof checkPasswordRoute> &
  FirstOf<typeof decideAuthorizationRoute> &
  FirstOf<typeof describeAuthorizationRoute> &
  FirstOf<typeof endOtherSessionsRoute> &
  FirstOf<typeof endSessionRoute> &
  FirstOf<typeof finishProviderSignInRoute> &
  FirstOf<typeof receiveProviderAnswerRoute> &
  FirstOf<typeof forgotPasswordRoute> &
  FirstOf<typeof getAccountTokenRoute> &
  FirstOf<typeof getCsrfRoute> &
  FirstOf<typeof getDescriptionRoute> &
  FirstOf<typeof getKeySetRoute> &
  FirstOf<typeof getMetricsRoute> &
  FirstOf<typeof getReadinessRoute> &
  FirstOf<typeof issueConsoleTokensRoute> &
  FirstOf<typeof issueTokensRoute> &
  FirstOf<typeof linkAccountRoute> &
  FirstOf<typeof listAccountsRoute> &
  FirstOf<typeof listProvidersRoute> &
  FirstOf<typeof listSessionsRoute> &
  FirstOf<typeof refreshRoute> &
  FirstOf<typeof reportCspRoute> &
  FirstOf<typeof resetPasswordRoute> &
  FirstOf<typeof revokeConsoleTokenRoute> &
  FirstOf<typeof acceptInvitationRoute> &
  FirstOf<typeof setUpRoute> &
  FirstOf<typeof showAuthorizationRoute> &
  FirstOf<typeof signInRoute> &
  FirstOf<typeof signOutRoute> &
  FirstOf<typeof signUpRoute> &
  FirstOf<typeof undoEmailChangeRoute> &
  FirstOf<typeof unlinkAccountRoute> &
  FirstOf<typeof updateProfileRoute> &
  FirstOf<typeof createConversationRoute> &
  FirstOf<typeof listConversationsRoute> &
  FirstOf<typeof getConversationRoute> &
  FirstOf<typeof renameConversationRoute> &
  FirstOf<typeof leaveConversationRoute> &
  FirstOf<typeof addMembersRoute> &
  FirstOf<typeof removeMemberRoute> &
  FirstOf<typeof markReadRoute> &
  FirstOf<typeof issueTicketRoute> &
  FirstOf<typeof verifyEmailRoute>;

/** Makes every route. */
export function allRoutes(deps: RouteDeps): readonly Route[] {
  return [
    beginProviderSignInRoute(deps),
    changeEmailRoute(deps),
    changePasswordRoute(deps),
    checkPasswordRoute(deps),
    decideAuthorizationRoute(deps),
    describeAuthorizationRoute(deps),
    endOtherSessionsRoute(deps),
    endSessionRoute(deps),
    finishProviderSignInRoute(deps),
    receiveProviderAnswerRoute(deps),
    forgotPasswordRoute(deps),
    getAccountTokenRoute(deps),
    getCsrfRoute(deps),
    getDescriptionRoute(deps),
    getHealthRoute(),
    getKeySetRoute(deps),
    getMeRoute(),
    getMetricsRoute(deps),
    getReadinessRoute(deps),
    issueConsoleTokensRoute(deps),
    issueTokensRoute(deps),
    linkAccountRoute(deps),
    listAccountsRoute(deps),
    listProvidersRoute(deps),
    listSessionsRoute(deps),
    refreshRoute(deps),
    reportCspRoute(deps),
    resetPasswordRoute(deps),
    revokeConsoleTokenRoute(deps),
    acceptInvitationRoute(deps),
    setUpRoute(deps),
    showAuthorizationRoute(deps),
    signInRoute(deps),
    signOutRoute(deps),
    signUpRoute(deps),
    undoEmailChangeRoute(deps),
    unlinkAccountRoute(deps),
    updateProfileRoute(deps),
    createConversationRoute(deps),
    listConversationsRoute(deps),
    getConversationRoute(deps),
    renameConversationRoute(deps),
    leaveConversationRoute(deps),
    addMembersRoute(deps),
    removeMemberRoute(deps),
    markReadRoute(deps),
    issueTicketRoute(deps),
    verifyEmailRoute(deps),
  ];
}
