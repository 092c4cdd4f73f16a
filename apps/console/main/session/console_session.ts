/**
 * One sign-in: its tokens, taken anew before they run out, by one request at a time.
 *
 * @module
 */

import type { Outcome } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import {
  refreshTokens,
  revokeToken,
  type TokenDeps,
  type Tokens,
} from "../oauth/token_endpoint.ts";

/** How long before its end a token is taken for run out. */
const REFRESH_BEFORE_MS = 60_000;

/** What a session needs beside what asking for tokens does. */
export interface SessionDeps extends TokenDeps {
  /** Keeps the refresh token, before anybody is given the access token that came with it. */
  readonly keep: (tokens: SessionTokens) => Promise<void>;
  /** Called once, when the server says that the session has ended. */
  readonly onEnded: () => void;
}

/** What a session holds; after a restart there is no access token yet. */
export type SessionTokens = Omit<Tokens, "accessToken" | "expiresAt"> &
  Partial<Pick<Tokens, "accessToken" | "expiresAt">>;

/** One sign-in. */
export interface ConsoleSession {
  readonly user: Tokens["user"];
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** A token that is good for a while. */
  accessToken(): Promise<Outcome<string>>;
  /** Another token than one that the server refused. */
  renew(refused: string): Promise<Outcome<string>>;
  /** Tells the server that it is over, and forgets all. */
  end(): Promise<void>;
}

/** Holds a session. */
export function holdSession(deps: SessionDeps, first: SessionTokens): ConsoleSession {
  let tokens = first;
  let isOver = false;
  let refreshing: Promise<Outcome<string>> | null = null;

  async function takeNext(): Promise<Outcome<string>> {
    const next = await refreshTokens(deps, tokens.refreshToken);
    if (isOver) return OVER;
    if (next.ok) {
      tokens = next.data;
      await deps.keep(next.data);
      return done(next.data.accessToken);
    }
    if (next.error.code === "session_ended") {
      isOver = true;
      deps.onEnded();
    }
    return next;
  }

  async function refresh(): Promise<Outcome<string>> {
    refreshing ??= takeNext();
    try {
      return await refreshing;
    } finally {
      refreshing = null;
    }
  }

  return {
    get user() {
      return tokens.user;
    },
    get endsAt() {
      return tokens.endsAt;
    },
    async accessToken() {
      if (isOver) return OVER;
      const { accessToken, expiresAt = 0 } = tokens;
      const isGood = deps.clock.now() < expiresAt - REFRESH_BEFORE_MS;
      return accessToken !== undefined && isGood ? done(accessToken) : await refresh();
    },
    async renew(refused) {
      if (isOver) return OVER;
      const { accessToken } = tokens;
      const isOther = accessToken !== undefined && accessToken !== refused;
      return isOther ? done(accessToken) : await refresh();
    },
    async end() {
      if (isOver) return;
      isOver = true;
      await revokeToken(deps, tokens.refreshToken);
    },
  };
}

const OVER = failed("signed_out", "Nobody is signed in to this server.");
