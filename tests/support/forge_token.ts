/**
 * Signs tokens with a server's own keys, at any time: what the server itself signed then.
 *
 * @module
 */

import type { SessionId, TokenType, UserId } from "@postern/auth";
import { openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { epochMs } from "@postern/std";
import { decodeJwt } from "jose";
import type { Deployment } from "./deployment.ts";

/** What to sign anew. */
export interface ForgedToken {
  /** A token of the session that it is to name. */
  readonly like: string;
  readonly type?: TokenType;
  /** When it runs out, milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Signs a token like another one, with another end. */
export async function forgeToken(
  deployment: Pick<Deployment, "folder" | "server">,
  { like, type = "access", expiresAt }: ForgedToken,
): Promise<string> {
  const config = readConfig({
    DATABASE_URL: `file:${deployment.folder}/data/postern.db`,
    PUBLIC_URL: deployment.server.publicUrl,
  });
  if (!config.ok) throw new Error(config.error.join("\n"));
  const core = await openCore(config.value);
  if (!core.ok) throw new Error(core.error.message);
  const claims = decodeJwt(like);
  const { byId, current } = core.value.rings.signing();
  const token = await byId.get(current)?.sign({
    type,
    id: String(claims.jti),
    sessionId: claims["sid"] as SessionId,
    userId: claims["user_id"] as UserId,
    issuedAt: epochMs(expiresAt),
    expiresAt: epochMs(expiresAt),
    ...(type === "access" ? { username: "ada", email: "ada@example.com" } : {}),
  });
  await core.value.close();
  if (token === undefined) throw new Error("Cannot sign: the ring has no current key");
  return token;
}
