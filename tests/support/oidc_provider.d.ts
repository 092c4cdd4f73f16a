/** Of the package `oidc-provider`, which has no types of its own, what the peer uses. */
declare module "oidc-provider" {
  import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

  /** What is known while a request is answered. */
  export interface KoaContext {
    readonly oidc: {
      readonly params: { readonly scope?: string };
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId: string };
      readonly provider: Provider;
    };
  }

  /** What a user has granted a client. */
  export interface Grant {
    readonly jti: string;
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
    destroy(): Promise<void>;
  }

  interface Revocable {
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    readonly Client: {
      readonly prototype: {
        redirectUriAllowed(uri: string): boolean;
        compareClientSecret(secret: string): boolean;
      };
    };
    readonly Grant: new (of: {
      readonly clientId: string;
      readonly accountId: string;
    }) => Grant;
    readonly RefreshToken: Revocable;
    readonly AccessToken: Revocable;
    callback(): RequestListener;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Readonly<Record<string, unknown>>,
      options: { readonly mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
}
