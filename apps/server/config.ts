/**
 * The configuration, read once from the environment by one pure function.
 *
 * All problems are told at once. What the rest of the server is handed is whole and derived: nobody
 * else looks at a variable, or works out what two of them mean together.
 *
 * @module
 */

import { type LiveSettingName, PASSWORD_MIN_LENGTHS } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import { createEnvReader, type Env } from "./config/env_reader.ts";
import { readAllowedHosts, readAllowedOrigins, readTrustedProxies } from "./config/read_callers.ts";
import { readCookies } from "./config/read_cookies.ts";
import {
  type AdminListenConfig,
  type ListenConfig,
  readAdminListen,
  readListen,
} from "./config/read_listen.ts";
import { type MailConfig, readMail } from "./config/read_mail.ts";
import { type ProviderSeed, readProviders } from "./config/read_providers.ts";
import { localPublicUrl, readPublicUrl } from "./config/read_public_url.ts";
import {
  type DatabaseConfig,
  readDatabase,
  readRedisUrl,
  readSecretKey,
} from "./config/read_storage.ts";
import type { Cidr } from "./http/cidr.ts";
import type { CookieSettings } from "./http/set_cookie.ts";

/** All that the operator decides in the environment. */
export interface Config extends ListenConfig, MailConfig {
  /** What browsers see, an origin; `undefined` until a server on any free port has found one. */
  readonly publicUrl: string | undefined;
  /** Whether what browsers see is https: Secure cookies, HSTS and the redirect. */
  readonly isHttps: boolean;
  readonly cookies: CookieSettings;
  /** Canonical; PUBLIC_URL's own among them as soon as it is known. */
  readonly allowedOrigins: readonly string[];
  /** In lower case, without port; IPv6 in brackets. */
  readonly allowedHosts: readonly string[];
  readonly trustedProxies: readonly Cidr[];
  readonly database: DatabaseConfig;
  /** `undefined`: one process keeps in memory what several would share. */
  readonly redisUrl: string | undefined;
  /** `undefined`: made beside the database. */
  readonly secretKey: Uint8Array | undefined;
  readonly providers: readonly ProviderSeed[];
  readonly passwordMinLength: number;
  readonly signup: "verify" | "closed";
  /** Which settings that could change while the server runs are set here, and so cannot. */
  readonly fixedSettings: ReadonlySet<LiveSettingName>;
  /** `undefined`: one listener for all. */
  readonly adminListen: AdminListenConfig | undefined;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** `bun run dev`: there is `/dev/outbox`. */
  readonly isDevelopment: boolean;
}

/** The configuration of a server that knows its port, and so what browsers see. */
export interface SettledConfig extends Config {
  readonly publicUrl: string;
}

/** Reads the configuration, or tells every problem in a line of its own. */
export function readConfig(env: Env): Result<Config, readonly string[]> {
  const reader = createEnvReader(env);
  const listen = readListen(reader);
  const publicUrl = readPublicUrl(reader, listen.port);
  const config: Config = {
    ...listen,
    publicUrl: publicUrl?.origin,
    isHttps: publicUrl?.isHttps ?? false,
    database: readDatabase(reader),
    redisUrl: readRedisUrl(reader),
    secretKey: readSecretKey(reader, publicUrl),
    allowedOrigins: readAllowedOrigins(reader, publicUrl),
    cookies: readCookies(reader, publicUrl),
    allowedHosts: readAllowedHosts(reader, publicUrl),
    trustedProxies: readTrustedProxies(reader),
    providers: readProviders(reader, publicUrl),
    ...readMail(reader),
    passwordMinLength: reader.wholeNumber("PASSWORD_MIN_LENGTH", {
      ...PASSWORD_MIN_LENGTHS,
      fallback: PASSWORD_MIN_LENGTHS.least,
    }),
    signup: reader.word("SIGNUP", ["verify", "closed"]),
    fixedSettings: new Set(LIVE_NAMES.filter((name) => reader.get(name) !== undefined)),
    adminListen: readAdminListen(reader, listen),
    logLevel: reader.word("LOG_LEVEL", LOG_LEVELS),
    isDevelopment: reader.get("NODE_ENV") === "development",
  };
  return reader.problems.length === 0 ? ok(config) : err(reader.problems);
}

/** Fills in what follows from the ports that the server listens on. */
export function settleConfig(config: Config, port: number, adminPort?: number): SettledConfig {
  const { publicUrl = localPublicUrl(port).origin } = config;
  if (publicUrl === undefined) throw new RangeError(`Cannot be reached on port ${port}`);
  const allowedOrigins = [...new Set([publicUrl, ...config.allowedOrigins])];
  const adminListen = config.adminListen && {
    ...config.adminListen,
    port: adminPort ?? config.adminListen.port,
  };
  return { ...config, port, publicUrl, allowedOrigins, adminListen };
}

const LIVE_NAMES: readonly LiveSettingName[] = ["SIGNUP", "PASSWORD_MIN_LENGTH"];

/** The first is what is taken where the variable is unset. */
const LOG_LEVELS = ["info", "debug", "warn", "error"] as const;
