/**
 * What somebody else changed of a provider while it was edited here.
 *
 * @module
 */

import type { ProviderRow } from "../../calls/shapes.ts";
import { ChangedMeanwhile } from "../../parts/changed_meanwhile.tsx";

/** What it is handed. */
export interface ChangedProviderProps {
  readonly before: ProviderRow;
  readonly now: ProviderRow;
  readonly onTake?: () => void;
}

/** Draws it. */
export function ChangedProvider({ before, now, onTake }: ChangedProviderProps) {
  const facts = [
    ["Name", before.name, now.name],
    ["Issuer", before.issuer, now.issuer],
    ["Client id", before.client_id, now.client_id],
    ["Scopes", before.scopes.join(" "), now.scopes.join(" ")],
    ["State", before.enabled ? "on" : "off", now.enabled ? "on" : "off"],
    ["Secret", secretWords(before), secretWords(now)],
  ] as const;
  return <ChangedMeanwhile facts={facts} {...(onTake === undefined ? {} : { onTake })} />;
}

function secretWords({ secret_overlaps: overlaps }: ProviderRow): string {
  return overlaps ? "a new one, not confirmed yet" : "in use";
}
