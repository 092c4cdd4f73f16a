/**
 * A browser's way: cookies that script cannot read, and the CSRF pair beside them.
 *
 * @module
 */

import { CSRF_HEADER } from "@postern/wire";
import type { Answer } from "./answer.ts";
import type { ValueOf } from "./call_types.ts";
import {
  type Credentials,
  isExpiry,
  type Lock,
  REFRESH_LOCK,
  singleFlight,
} from "./credentials.ts";
import type { Send } from "./exchange.ts";

/** Makes credentials that live in cookies. */
export function cookieCredentials(send: Send, lock: Lock): Credentials {
  let csrfToken: string | undefined;

  // Asked for by two calls at once, the second cookie would make the first one's token a wrong one.
  const askForToken = singleFlight(() =>
    send<ValueOf<"getCsrf">>({ method: "GET", path: "/api/v1/auth/csrf" }),
  );

  async function headersFor(method: string): Promise<Answer<Readonly<Record<string, string>>>> {
    if (method === "GET") return { ok: true, value: {} };
    if (csrfToken === undefined) {
      const answer = await askForToken();
      if (!answer.ok) return answer;
      csrfToken = answer.value.csrfToken;
    }
    return { ok: true, value: { [CSRF_HEADER]: csrfToken } };
  }

  async function postRefresh(): Promise<Answer<unknown>> {
    const headers = await headersFor("POST");
    if (!headers.ok) return headers;
    return await send({ method: "POST", path: "/api/v1/auth/refresh", headers: headers.value });
  }

  async function refresh(): Promise<boolean> {
    const first = await postRefresh();
    if (first.ok || first.problem.code !== "csrf_failed") return first.ok;
    csrfToken = undefined;
    return (await postRefresh()).ok;
  }

  const refreshOnce = singleFlight(() => lock(REFRESH_LOCK, refresh));
  return {
    headersFor,
    async mend(problem) {
      if (problem.code === "csrf_failed") {
        csrfToken = undefined;
        return true;
      }
      return isExpiry(problem) && (await refreshOnce());
    },
    renew: refreshOnce,
    forget() {
      csrfToken = undefined;
    },
  };
}
