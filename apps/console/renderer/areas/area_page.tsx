/**
 * Which page an area is.
 *
 * @module
 */

import type { AreaId } from "../route/area_list.ts";
import { AuditArea } from "./audit/audit_area.tsx";
import { HomeArea } from "./home/home_area.tsx";
import { LimitsArea } from "./limits/limits_area.tsx";
import { ProvidersArea } from "./providers/providers_area.tsx";
import { SecretsArea } from "./secrets/secrets_area.tsx";
import { SessionsArea } from "./sessions/sessions_area.tsx";
import { SettingsArea } from "./settings/settings_area.tsx";
import { UsersArea } from "./users/users_area.tsx";

const PAGES = {
  home: HomeArea,
  users: UsersArea,
  sessions: SessionsArea,
  audit: AuditArea,
  limits: LimitsArea,
  providers: ProvidersArea,
  secrets: SecretsArea,
  settings: SettingsArea,
} as const satisfies Record<AreaId, () => unknown>;

/** Draws the page of an area. */
export function AreaPage({ area }: { readonly area: AreaId }) {
  const Page = PAGES[area];
  return <Page key={area} />;
}
