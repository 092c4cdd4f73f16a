/**
 * One function per call of the REST interface.
 *
 * @module
 */

import type { Answer } from "./answer.ts";
import type { BodyOf, MakeCall, ValueOf } from "./call_types.ts";
import type { Credentials } from "./credentials.ts";
import type { TokenBox } from "./token_credentials.ts";

/** The calls. Each is described in `@postern/wire`, in the operation of the same name. */
export interface RestCalls {
  signUp(body: BodyOf<"signUp">): Promise<Answer<ValueOf<"signUp">>>;
  verifyEmail(body: BodyOf<"verifyEmail">): Promise<Answer<ValueOf<"verifyEmail">>>;
  acceptInvitation(body: BodyOf<"acceptInvitation">): Promise<Answer<ValueOf<"acceptInvitation">>>;
  setUp(body: BodyOf<"setUp">): Promise<Answer<ValueOf<"setUp">>>;
  decideAuthorization(
    body: BodyOf<"decideAuthorization">,
  ): Promise<Answer<ValueOf<"decideAuthorization">>>;
  signIn(body: BodyOf<"signIn">): Promise<Answer<ValueOf<"signIn">>>;
  issueTokens(body: BodyOf<"issueTokens">): Promise<Answer<ValueOf<"issueTokens">>>;
  signOut(): Promise<Answer<ValueOf<"signOut">>>;
  getMe(): Promise<Answer<ValueOf<"getMe">>>;
  updateProfile(body: BodyOf<"updateProfile">): Promise<Answer<ValueOf<"updateProfile">>>;
  changeEmail(body: BodyOf<"changeEmail">): Promise<Answer<ValueOf<"changeEmail">>>;
  undoEmailChange(body: BodyOf<"undoEmailChange">): Promise<Answer<ValueOf<"undoEmailChange">>>;
  changePassword(body: BodyOf<"changePassword">): Promise<Answer<ValueOf<"changePassword">>>;
  forgotPassword(body: BodyOf<"forgotPassword">): Promise<Answer<ValueOf<"forgotPassword">>>;
  resetPassword(body: BodyOf<"resetPassword">): Promise<Answer<ValueOf<"resetPassword">>>;
  checkPassword(body: BodyOf<"checkPassword">): Promise<Answer<ValueOf<"checkPassword">>>;
  /** @param cursor `next` of the page before; none for the first page. */
  listSessions(cursor?: string): Promise<Answer<ValueOf<"listSessions">>>;
  endSession(id: string): Promise<Answer<ValueOf<"endSession">>>;
  endOtherSessions(): Promise<Answer<ValueOf<"endOtherSessions">>>;
  listProviders(): Promise<Answer<ValueOf<"listProviders">>>;
  /** @param cursor `next` of the page before; none for the first page. */
  listAccounts(cursor?: string): Promise<Answer<ValueOf<"listAccounts">>>;
  /**
   * Begins to link an account; the browser that asked is then sent to `url`.
   *
   * @param next Where the provider's callback leads on to.
   */
  linkAccount(provider: string, next?: string): Promise<Answer<ValueOf<"linkAccount">>>;
  unlinkAccount(id: string): Promise<Answer<ValueOf<"unlinkAccount">>>;
  getAccountToken(id: string): Promise<Answer<ValueOf<"getAccountToken">>>;
  issueTicket(): Promise<Answer<ValueOf<"issueTicket">>>;
  /** @param cursor `next` of the page before; none for the first page. */
  listConversations(cursor?: string): Promise<Answer<ValueOf<"listConversations">>>;
  createConversation(
    body: BodyOf<"createConversation">,
  ): Promise<Answer<ValueOf<"createConversation">>>;
  getConversation(id: string): Promise<Answer<ValueOf<"getConversation">>>;
  renameConversation(
    id: string,
    body: BodyOf<"renameConversation">,
  ): Promise<Answer<ValueOf<"renameConversation">>>;
  addMembers(id: string, body: BodyOf<"addMembers">): Promise<Answer<ValueOf<"addMembers">>>;
  removeMember(id: string, userId: string): Promise<Answer<ValueOf<"removeMember">>>;
  leaveConversation(id: string): Promise<Answer<ValueOf<"leaveConversation">>>;
  markRead(id: string, body: BodyOf<"markRead">): Promise<Answer<ValueOf<"markRead">>>;
  getDescription(): Promise<Answer<ValueOf<"getDescription">>>;
}

const AUTH = "/api/v1/auth";

/** Makes the calls. Those that change who is signed in also tell the credentials so. */
export function restCalls(
  make: MakeCall,
  credentials: Credentials,
  tokens: TokenBox | undefined,
): RestCalls {
  return {
    ...signInCalls(make, credentials, tokens),
    ...accountCalls(make),
    ...sessionCalls(make),
    ...providerCalls(make),
    ...conversationCalls(make),
    decideAuthorization: (body) =>
      make<"decideAuthorization">({ method: "POST", path: "/oauth/authorize", body }),
    getDescription: () => make<"getDescription">({ method: "GET", path: "/api/v1/openapi.json" }),
  };
}

type SignInCalls = Pick<
  RestCalls,
  "signUp" | "verifyEmail" | "acceptInvitation" | "setUp" | "signIn" | "issueTokens" | "signOut"
>;

function signInCalls(
  make: MakeCall,
  credentials: Credentials,
  tokens: TokenBox | undefined,
): SignInCalls {
  /** A sign-in makes a new session, whose CSRF token is another. */
  async function thenForget<T>(answering: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await answering;
    if (answer.ok) credentials.forget();
    return answer;
  }
  return {
    signUp: (body) => make<"signUp">({ method: "POST", path: `${AUTH}/signup`, body }),
    verifyEmail: (body) =>
      thenForget(make<"verifyEmail">({ method: "POST", path: `${AUTH}/verify-email`, body })),
    acceptInvitation: (body) =>
      thenForget(
        make<"acceptInvitation">({ method: "POST", path: "/api/v1/auth/accept-invitation", body }),
      ),
    setUp: (body) => thenForget(make<"setUp">({ method: "POST", path: "/setup", body })),
    signIn: (body) => thenForget(make<"signIn">({ method: "POST", path: `${AUTH}/login`, body })),
    async issueTokens(body) {
      const answer = await make<"issueTokens">({ method: "POST", path: `${AUTH}/token`, body });
      if (answer.ok && "access_token" in answer.value) tokens?.write(answer.value);
      return answer;
    },
    signOut: () => thenForget(make<"signOut">({ method: "POST", path: `${AUTH}/logout` })),
  };
}

type SessionCalls = Pick<RestCalls, "listSessions" | "endSession" | "endOtherSessions">;

function sessionCalls(make: MakeCall): SessionCalls {
  return {
    listSessions: (cursor) =>
      make<"listSessions">({
        method: "GET",
        path: `${AUTH}/sessions${queryOf({ cursor })}`,
      }),
    endSession: (id) =>
      make<"endSession">({ method: "DELETE", path: `${AUTH}/sessions/${encodeURIComponent(id)}` }),
    endOtherSessions: () =>
      make<"endOtherSessions">({ method: "DELETE", path: `${AUTH}/sessions` }),
  };
}

type ProviderCalls = Pick<
  RestCalls,
  "listProviders" | "listAccounts" | "linkAccount" | "unlinkAccount" | "getAccountToken"
>;

function providerCalls(make: MakeCall): ProviderCalls {
  const accounts = `${AUTH}/accounts` as const;
  return {
    listProviders: () => make<"listProviders">({ method: "GET", path: `${AUTH}/providers` }),
    listAccounts: (cursor) =>
      make<"listAccounts">({ method: "GET", path: `${accounts}${queryOf({ cursor })}` }),
    linkAccount: (provider, next) =>
      make<"linkAccount">({
        method: "POST",
        path: `${accounts}/${encodeURIComponent(provider)}/link${queryOf({ next })}`,
      }),
    unlinkAccount: (id) =>
      make<"unlinkAccount">({ method: "DELETE", path: `${accounts}/${encodeURIComponent(id)}` }),
    getAccountToken: (id) =>
      make<"getAccountToken">({
        method: "GET",
        path: `${accounts}/${encodeURIComponent(id)}/token`,
      }),
  };
}

type ConversationCalls = Pick<
  RestCalls,
  | "issueTicket"
  | "listConversations"
  | "createConversation"
  | "getConversation"
  | "renameConversation"
  | "addMembers"
  | "removeMember"
  | "leaveConversation"
  | "markRead"
>;

function conversationCalls(make: MakeCall): ConversationCalls {
  const all = "/api/v1/conversations";
  const one = (id: string) => `${all}/${encodeURIComponent(id)}` as const;
  return {
    issueTicket: () => make<"issueTicket">({ method: "POST", path: `${AUTH}/ws-ticket` }),
    listConversations: (cursor) =>
      make<"listConversations">({ method: "GET", path: `${all}${queryOf({ cursor })}` }),
    createConversation: (body) => make<"createConversation">({ method: "POST", path: all, body }),
    getConversation: (id) => make<"getConversation">({ method: "GET", path: one(id) }),
    renameConversation: (id, body) =>
      make<"renameConversation">({ method: "PATCH", path: one(id), body }),
    addMembers: (id, body) =>
      make<"addMembers">({ method: "POST", path: `${one(id)}/members`, body }),
    removeMember: (id, userId) =>
      make<"removeMember">({
        method: "DELETE",
        path: `${one(id)}/members/${encodeURIComponent(userId)}`,
      }),
    leaveConversation: (id) => make<"leaveConversation">({ method: "DELETE", path: one(id) }),
    markRead: (id, body) => make<"markRead">({ method: "POST", path: `${one(id)}/read`, body }),
  };
}

/** Writes a query with its question mark; nothing where no parameter is given. */
function queryOf(parameters: Readonly<Record<string, string | undefined>>): "" | `?${string}` {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? "" : `?${query}`;
}

type AccountCalls = Omit<
  RestCalls,
  | keyof SignInCalls
  | keyof SessionCalls
  | keyof ProviderCalls
  | keyof ConversationCalls
  | "decideAuthorization"
  | "getDescription"
>;

function accountCalls(make: MakeCall): AccountCalls {
  return {
    getMe: () => make<"getMe">({ method: "GET", path: `${AUTH}/me` }),
    updateProfile: (body) => make<"updateProfile">({ method: "PATCH", path: `${AUTH}/me`, body }),
    changeEmail: (body) =>
      make<"changeEmail">({ method: "POST", path: `${AUTH}/email/change`, body }),
    undoEmailChange: (body) =>
      make<"undoEmailChange">({ method: "POST", path: `${AUTH}/email/undo`, body }),
    changePassword: (body) =>
      make<"changePassword">({ method: "POST", path: `${AUTH}/password/change`, body }),
    forgotPassword: (body) =>
      make<"forgotPassword">({ method: "POST", path: `${AUTH}/password/forgot`, body }),
    resetPassword: (body) =>
      make<"resetPassword">({ method: "POST", path: `${AUTH}/password/reset`, body }),
    checkPassword: (body) =>
      make<"checkPassword">({ method: "POST", path: `${AUTH}/password/check`, body }),
  };
}
