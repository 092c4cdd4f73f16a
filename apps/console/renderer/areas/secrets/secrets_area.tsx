/**
 * The area of secrets: the key rings, and what still hangs on each key.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { AreaHead } from "../../parts/area_head.tsx";
import { Section } from "../../parts/section.tsx";
import { RingSection } from "./ring_section.tsx";

/** How often the counts are looked at, milliseconds: after a rotation one watches them fall. */
const LOOK_MS = 5_000;

/** Draws it. */
export function SecretsArea() {
  const { data, error, refetch } = useQuery({
    queryKey: ["secrets", "list"],
    queryFn: () => api.secrets.list.query(),
    refetchInterval: LOOK_MS,
  });
  return (
    <section className="co-area co-area-scroll" aria-labelledby="area-title">
      <AreaHead title="Secrets" />
      {data === undefined ? (
        <Section title="Key rings" error={error} isWaiting onRetry={refetch}>
          {null}
        </Section>
      ) : (
        data.items.map((ring) => <RingSection key={ring.ring} ring={ring} />)
      )}
    </section>
  );
}
