/**
 * The port to providers: OpenID by discovery, and GitHub its own way.
 *
 * Failures are values. What was being done and why it came to nothing is logged, in words of our own.
 *
 * @module
 */

import type { OpenProvider, Provider, ProviderClient, ProviderFailure } from "@postern/auth";
import { type Clock, err, type Result } from "@postern/std";
import type { OAuth2Tokens } from "arctic";
import type { Log } from "../../log_port.ts";
import { checkGithub, checkOpenid } from "./check_provider.ts";
import { createDiscovery } from "./discovery.ts";
import { githubExchange, githubIssuer, githubTokens, githubUrl } from "./github.ts";
import { openidExchange, openidIssuer, openidTokens, openidUrl } from "./openid.ts";
import type { Outgoing } from "./outgoing.ts";
import { createReachability } from "./reachability.ts";
import type { BySecret } from "./secret_overlap.ts";
import type { SignInDeps } from "./sign_in_deps.ts";
import type { StepFailure } from "./step_failure.ts";
import { readTokens } from "./token_answer.ts";
import type { Grant } from "./token_endpoint.ts";

/** What the client needs. */
export interface ProviderClientDeps {
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  readonly outgoing: Outgoing;
  /** What browsers see; the callback of a provider is under it. */
  readonly publicUrl: string;
}

/** Makes the client, with nothing discovered yet. */
export function createProviderClient(deps: ProviderClientDeps): ProviderClient {
  const inner: SignInDeps = { ...deps, discovery: createDiscovery(deps) };
  const reachability = createReachability(deps);

  function told<T>(provider: Provider, result: Result<T, StepFailure>): Result<T, ProviderFailure> {
    if (result.ok) return result;
    const { step, reason, why, status } = result.error;
    deps.log.warn("provider failed", { provider: provider.id, step, reason, why, status });
    return err({ code: "provider_error", reason });
  }

  return {
    async authorizationUrl(provider, visit) {
      const url =
        provider.kind === "github"
          ? githubUrl(inner, provider, visit)
          : await openidUrl(inner, provider, visit);
      const missing = url.ok ? await reachability.look(url.value) : undefined;
      return told(provider, missing === undefined ? url : err(missing));
    },
    async checkIssuer(provider, issuer) {
      return told(
        provider,
        provider.kind === "github"
          ? githubIssuer(provider, issuer)
          : await openidIssuer(inner, provider, issuer),
      );
    },
    async exchange(provider, returned) {
      const exchange = provider.kind === "github" ? githubExchange : openidExchange;
      return told(provider, await exchange(inner, provider, returned));
    },
    async refresh(provider, refreshToken) {
      const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
      const refreshed =
        provider.kind === "github"
          ? await githubTokens(inner, provider, grant)
          : await openidRefresh(inner, provider, grant);
      if (!refreshed.ok) return told(provider, refreshed);
      return told(provider, readTokens(deps.clock, refreshed.value.value, []));
    },
    async check(provider) {
      const check = provider.kind === "github" ? checkGithub : checkOpenid;
      return await check(
        inner,
        provider,
        `${deps.publicUrl}/accounts/${provider.id}/login/callback`,
      );
    },
  };
}

async function openidRefresh(
  deps: SignInDeps,
  provider: OpenProvider,
  grant: Grant,
): Promise<Result<BySecret<OAuth2Tokens>, StepFailure>> {
  const found = await deps.discovery.metadata.get(provider.issuer);
  if (!found.ok) return found;
  return await openidTokens(deps, provider, { metadata: found.value.metadata, grant });
}
