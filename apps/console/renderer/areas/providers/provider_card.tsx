/**
 * One provider: what it is, how it is, and what can be done with it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ProviderRow } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";
import { CheckList } from "../../parts/check_list.tsx";
import { below, openMenu } from "../../parts/menus.tsx";
import { Fact } from "../../parts/side_panel.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openDeleteProvider } from "./delete_provider_dialog.tsx";
import { openEditProvider } from "./edit_provider_dialog.tsx";
import { setEnabled, testProvider } from "./provider_acts.ts";
import { openReplaceSecret } from "./replace_secret_dialog.tsx";
import { openSwitchOff } from "./switch_off_dialog.tsx";

/** Draws it. */
export function ProviderCard({ provider }: { readonly provider: ProviderRow }) {
  const { health } = provider;
  return (
    <li className="co-card">
      <header className="co-card-head">
        <h3>{provider.name}</h3>
        <Tag tone={provider.enabled ? "good" : "plain"}>{provider.enabled ? "on" : "off"}</Tag>
        {health === null ? null : (
          <Tag tone={health.ok ? "good" : "bad"}>{health.ok ? "works" : "fails"}</Tag>
        )}
        {provider.source === "env" ? <Tag>set by the environment</Tag> : null}
      </header>
      <dl className="co-facts">
        <Fact name="Id">
          <span className="pt-mono">{provider.id}</span>
        </Fact>
        <Fact name="Issuer">
          <span className="pt-mono">{provider.issuer}</span>
        </Fact>
        <Fact name="Client id">
          <span className="pt-mono">{provider.client_id}</span>
        </Fact>
        <Fact name="Scopes">{provider.scopes.join(" ")}</Fact>
        <Fact name="Secret">
          {provider.secret_overlaps
            ? "new; the one before is tried where it is refused, until somebody has come in by the new one"
            : "in use"}
        </Fact>
        <Fact name="Checked">
          <TimeText at={health?.checked_at ?? null} form="both" />
        </Fact>
      </dl>
      {health === null || health.ok ? null : <CheckList checks={health.checks} />}
      <ProviderActs provider={provider} />
    </li>
  );
}

function ProviderActs({ provider }: { readonly provider: ProviderRow }) {
  const [isTesting, setTesting] = useState(false);
  const editing = useHindrance("providers.edit");
  const deleting = useHindrance("providers.delete");

  async function test(): Promise<void> {
    setTesting(true);
    const done = await testProvider(provider);
    setTesting(false);
    noteActed(done, ({ ok, checks }) => {
      const failed = checks.filter((check) => !check.ok).map(({ name }) => name);
      return ok ? `${provider.name} works` : `${provider.name} fails: ${failed.join(", ")}`;
    });
  }

  const item = { kind: "item", hindrance: editing } as const;
  return (
    <div className="co-panel-acts">
      <Button
        size="sm"
        variant="default"
        loading={isTesting}
        disabled={editing !== null}
        title={editing ?? undefined}
        onClick={() => void test()}
      >
        Test
      </Button>
      <Button
        size="sm"
        variant="default"
        disabled={editing !== null}
        title={editing ?? undefined}
        onClick={() => openReplaceSecret(provider)}
      >
        Replace the secret…
      </Button>
      <Button
        size="sm"
        variant="default"
        aria-haspopup="menu"
        aria-label={`More about ${provider.name}`}
        onClick={(event) =>
          openMenu(provider.name, below(event.currentTarget), [
            { ...item, label: "Edit…", run: () => openEditProvider(provider) },
            {
              ...item,
              label: provider.enabled ? "Switch off" : "Switch on",
              run: () => void toggle(provider),
            },
            {
              kind: "item",
              label: "Delete…",
              tone: "danger",
              hindrance: deleting,
              run: () => openDeleteProvider(provider),
            },
          ])
        }
      >
        More
      </Button>
    </div>
  );
}

async function toggle(provider: ProviderRow): Promise<void> {
  const done = await setEnabled(provider, { enabled: !provider.enabled, force: false });
  const isLastWay = !done.ok && done.problem.code === "last_way_in";
  if (isLastWay) openSwitchOff(provider, done.problem.message);
  else noteActed(done, ({ enabled }) => `${provider.name} is ${enabled ? "on" : "off"}`);
}
