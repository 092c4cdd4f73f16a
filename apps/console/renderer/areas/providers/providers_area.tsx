/**
 * The area of providers.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon } from "@postern/ui";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { AreaHead } from "../../parts/area_head.tsx";
import { Section } from "../../parts/section.tsx";
import { StatePanel } from "../../parts/state_panel.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openCreateProvider } from "./create_provider_dialog.tsx";
import { ProviderCard } from "./provider_card.tsx";

/** Draws it. */
export function ProvidersArea() {
  const hindrance = useHindrance("providers.edit");
  const { data, error, refetch } = useQuery({
    queryKey: ["providers", "list"],
    queryFn: () => api.providers.list.query(),
  });
  return (
    <section className="co-area co-area-scroll" aria-labelledby="area-title">
      <AreaHead title="Providers">
        <Button
          size="sm"
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          leftSection={<Icon name="plus" size={15} />}
          onClick={openCreateProvider}
        >
          Add a provider…
        </Button>
      </AreaHead>
      <Section
        title="Who else lets people in"
        lead="People sign in by an account that they have elsewhere."
        error={error}
        isWaiting={data === undefined}
        onRetry={refetch}
      >
        {data?.items.length === 0 ? (
          <StatePanel icon="link" title="Only passwords so far">
            Add Google, GitHub, or any provider that speaks OpenID Connect. You need the client id
            and secret that it gave you.
          </StatePanel>
        ) : null}
        <ul className="co-cards">
          {(data?.items ?? []).map((provider) => (
            <ProviderCard key={provider.id} provider={provider} />
          ))}
        </ul>
      </Section>
    </section>
  );
}
