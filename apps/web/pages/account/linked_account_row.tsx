/**
 * One linked account.
 *
 * @module
 */

import "./list.css";
import { Button } from "@mantine/core";
import { TimeAgo } from "@postern/ui";
import type { Account } from "@postern/wire";
import { ProviderMark } from "../../providers/provider_mark.tsx";
import type { Provider } from "../../providers/use_providers.ts";
import { UnlinkButton } from "./unlink_button.tsx";
import type { Linking } from "./use_linking.ts";

/** What a row is handed. */
export interface LinkedAccountRowProps {
  readonly account: Account;
  /** Its provider; `undefined` where that is switched off. */
  readonly provider: Provider | undefined;
  readonly linking: Linking;
  /** Current time, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Draws the account, and what can be done with it. */
export function LinkedAccountRow({ account, provider, linking, nowMs }: LinkedAccountRowProps) {
  const { provider: id, provider_name: name, label, needs_reconnect: isCutOff } = account;
  const isBack = isCutOff && provider !== undefined;
  return (
    <li className="pt-item">
      <span className="pt-item-icon">
        <ProviderMark provider={{ id, name, kind: provider?.kind ?? "" }} />
      </span>
      <div className="pt-item-words">
        <p className="pt-item-name">
          {name}
          <StateTag isOff={provider === undefined} isCutOff={isCutOff} />
        </p>
        {label === null ? null : <p className="pt-item-label">{label}</p>}
        <p className="pt-dim">
          Last used <TimeAgo at={account.last_used_at} nowMs={nowMs} />
        </p>
        <p className="pt-dim">
          Linked <TimeAgo at={account.linked_at} nowMs={nowMs} />
        </p>
        {isBack ? (
          <p>{name} has taken back what it allowed here. Reconnect to allow it again.</p>
        ) : null}
      </div>
      <div className="pt-item-actions">
        {isBack ? (
          <Button
            size="sm"
            loading={linking.leavingTo === id}
            onClick={() => void linking.link(id)}
            aria-label={`Reconnect ${name}`}
          >
            Reconnect
          </Button>
        ) : null}
        <UnlinkButton account={account} />
      </div>
    </li>
  );
}

interface StateTagProps {
  readonly isOff: boolean;
  readonly isCutOff: boolean;
}

function StateTag({ isOff, isCutOff }: StateTagProps) {
  if (!(isOff || isCutOff)) return null;
  return (
    <span className="pt-item-tag" data-tone="warning">
      {isOff ? "Switched off here" : "Not connected"}
    </span>
  );
}
