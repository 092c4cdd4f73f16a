/**
 * Confirmations: each a sign-in of its own, that counts for one call with one input, once.
 *
 * @module
 */

import { canonicalJson } from "@postern/std";
import { hashOf } from "../oauth/dpop_key.ts";
import { revokeToken, type TokenDeps, type Tokens } from "../oauth/token_endpoint.ts";

/** How long a confirmation counts at the server. */
const GOOD_FOR_MS = 300_000;

/** Longest input that travels in an address, characters. */
const SHOWN_MAX_LENGTH = 500;

/** Names of fields whose values are in no address. */
const SECRET_FIELD = /secret|password|token/i;

/** Confirmations that were given and not used. */
export interface StepUps {
  add(operation: string, tokens: Tokens): void;
  /** The token for an operation, if it was confirmed. */
  find(operation: string): string | undefined;
  /** Gives one up. */
  spend(operation: string): Promise<void>;
  /** Gives all up. */
  spendAll(): Promise<void>;
}

/** Keeps them. */
export function createStepUps(deps: Pick<TokenDeps, "fetch" | "server" | "clock">): StepUps {
  const given = new Map<string, Tokens & { readonly until: number }>();
  async function spend(operation: string): Promise<void> {
    const tokens = given.get(operation);
    given.delete(operation);
    if (tokens !== undefined) await revokeToken(deps, tokens.refreshToken);
  }
  return {
    add(operation, tokens) {
      given.set(operation, { ...tokens, until: deps.clock.now() + GOOD_FOR_MS });
    },
    find(operation) {
      const found = given.get(operation);
      return found !== undefined && deps.clock.now() < found.until ? found.accessToken : undefined;
    },
    spend,
    async spendAll() {
      await Promise.all([...given.keys()].map(spend));
    },
  };
}

/** Names a call with its input, as the server does. */
export function operationOf(path: string, input: unknown): string {
  return `${path}:${hashOf(canonicalJson(input))}`;
}

/** What the authorization page is asked to confirm. The input is beside it where it holds no secret. */
export function operationFields(path: string, input: unknown): Readonly<Record<string, string>> {
  const operation = operationOf(path, input);
  const text = canonicalJson(input);
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  const isShown = isObject && text.length <= SHOWN_MAX_LENGTH && !holdsSecret(input);
  return isShown ? { operation, operation_input: text } : { operation };
}

/** However deep: an address is kept by browsers and proxies. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => SECRET_FIELD.test(name) || holdsSecret(inner),
  );
}
