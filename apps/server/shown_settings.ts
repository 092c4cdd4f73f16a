/**
 * All settings as administrators see them: without secrets, and with where each value is from.
 *
 * @module
 */

import type { LiveSettingName, LiveSettings } from "@postern/auth";
import type { Setting } from "@postern/rpc";
import type { SettledConfig } from "./config.ts";
import { cidrText } from "./http/cidr.ts";

/** What is shown: the configuration, and what is in force of the settings that can change. */
export interface ShownSettingsDeps {
  readonly config: SettledConfig;
  readonly current: LiveSettings;
}

/** Shown of what is set and may hold a secret. */
const HIDDEN = "set, not shown";

/** Lists them. */
export function shownSettings({ config, current }: ShownSettingsDeps): readonly Setting[] {
  return [
    live(config, "SIGNUP", [current.signup, config.signup]),
    live(config, "PASSWORD_MIN_LENGTH", [current.passwordMinLength, config.passwordMinLength]),
    fixed("PUBLIC_URL", config.publicUrl),
    fixed("HOST", config.host),
    fixed("PORT", config.port),
    fixed("ADMIN_LISTEN", config.adminListen === undefined ? null : config.adminListen.host),
    fixed("ALLOWED_HOSTS", config.allowedHosts),
    fixed("ALLOWED_ORIGINS", config.allowedOrigins),
    fixed("TRUSTED_PROXIES", config.trustedProxies.map(cidrText)),
    fixed("COOKIE_DOMAIN", config.cookies.domain ?? null),
    fixed("COOKIE_PREFIX", config.cookies.prefix),
    fixed("MAIL_FROM", config.mailFrom),
    fixed("SMTP_URL", config.smtpUrl === undefined ? null : HIDDEN),
    fixed("REDIS_URL", config.redisUrl === undefined ? null : HIDDEN),
    fixed("SECRET_KEY", config.secretKey === undefined ? null : HIDDEN),
    fixed("LOG_LEVEL", config.logLevel),
  ];
}

/** Where the environment says nothing, what is in force is the default or what was stored. */
function live(
  config: SettledConfig,
  name: LiveSettingName,
  [value, fallback]: readonly [now: string | number, unset: string | number],
): Setting {
  if (config.fixedSettings.has(name)) return fixed(name, value);
  return { name, value, source: value === fallback ? "default" : "console", editable: true };
}

function fixed(name: string, value: Setting["value"]): Setting {
  return { name, value, source: "environment", editable: false };
}
