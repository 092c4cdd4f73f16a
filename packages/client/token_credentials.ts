/**
 * A bot's way: a pair of tokens that it holds itself.
 *
 * @see RFC 6750 (Bearer tokens)
 * @module
 */

import type { Tokens } from "@postern/wire";
import type { Answer } from "./answer.ts";
import {
  type Credentials,
  isExpiry,
  type Lock,
  REFRESH_LOCK,
  singleFlight,
} from "./credentials.ts";
import type { Send } from "./exchange.ts";

/**
 * Where a bot keeps its tokens: in memory, or somewhere that outlives it.
 */
export interface TokenBox {
  /** The pair as it is now; `undefined` before signing in. */
  read(): Tokens | undefined;
  /** Replaces the pair; `undefined` throws it away. A refresh token works once, so keep the newest. */
  write(tokens: Tokens | undefined): void;
}

/**
 * A box that forgets when the process ends.
 */
export function memoryTokenBox(): TokenBox {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write(tokens) {
      kept = tokens;
    },
  };
}

/** Makes credentials that live in a box. */
export function tokenCredentials(send: Send, lock: Lock, box: TokenBox): Credentials {
  async function refresh(): Promise<boolean> {
    const held = box.read();
    if (held === undefined) return false;
    const answer: Answer<Tokens> = await send({
      method: "POST",
      path: "/api/v1/auth/refresh",
      body: { refresh_token: held.refresh_token },
    });
    if (answer.ok) box.write(answer.value);
    if (!answer.ok && answer.problem.status === 401) box.write(undefined);
    return answer.ok;
  }

  const refreshOnce = singleFlight(() => lock(REFRESH_LOCK, refresh));
  return {
    headersFor() {
      const held = box.read();
      const value: Readonly<Record<string, string>> =
        held === undefined ? {} : { Authorization: `Bearer ${held.access_token}` };
      return Promise.resolve({ ok: true, value });
    },
    mend: async (problem) => isExpiry(problem) && (await refreshOnce()),
    renew: refreshOnce,
    forget: () => box.write(undefined),
  };
}
