/**
 * The area of settings.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { SettingRow } from "../../calls/shapes.ts";
import { AreaHead } from "../../parts/area_head.tsx";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openEditSetting } from "./edit_setting_dialog.tsx";
import { settingText } from "./setting_text.ts";

/** Draws it: what can change here first, then what the environment says. */
export function SettingsArea() {
  const { data, error, refetch } = useQuery({
    queryKey: ["settings", "get"],
    queryFn: () => api.settings.get.query(),
  });
  const all = data?.items ?? [];
  const live = all.filter((setting) => setting.editable);
  const fixed = all.filter((setting) => !setting.editable);
  const shared = { error, isWaiting: data === undefined, onRetry: refetch };
  return (
    <section className="co-area co-area-scroll" aria-labelledby="area-title">
      <AreaHead title="Settings" />
      <Section title="Can change while it runs" lead="In force on the next request." {...shared}>
        {live.length === 0 ? (
          <p className="co-none">The environment sets all of them.</p>
        ) : (
          <SettingTable label="Settings that can change" settings={live} />
        )}
      </Section>
      {data === undefined ? null : (
        <Section
          title="Set by the environment"
          lead="Shown, and not to be edited here: change the variable, and start the server anew."
        >
          <SettingTable label="Settings of the environment" settings={fixed} />
        </Section>
      )}
    </section>
  );
}

interface SettingTableProps {
  readonly label: string;
  readonly settings: readonly SettingRow[];
}

function SettingTable({ label, settings }: SettingTableProps) {
  return (
    <PlainTable label={label}>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
          <th scope="col">
            <span className="pt-hidden">Edit</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <SettingLine key={setting.name} setting={setting} />
        ))}
      </tbody>
    </PlainTable>
  );
}

function SettingLine({ setting }: { readonly setting: SettingRow }) {
  const hindrance = useHindrance("settings.update");
  return (
    <tr>
      <th scope="row" className="pt-mono">
        {setting.name}
      </th>
      <td className="co-wrap">{settingText(setting.value)}</td>
      <td className="pt-dim">{setting.source}</td>
      <td className="co-plain-acts">
        {setting.editable ? (
          <Button
            size="xs"
            variant="default"
            disabled={hindrance !== null}
            title={hindrance ?? undefined}
            aria-label={`Edit ${setting.name}`}
            onClick={() => openEditSetting(setting)}
          >
            Edit…
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
