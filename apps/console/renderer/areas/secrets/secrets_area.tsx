/**
 * The area of secrets: the key rings, what still hangs on each key, and what happened to them.
 *
 * @module
 */

import "./secrets.css";
import { api } from "../../calls/api.ts";
import type { RingRow } from "../../calls/shapes.ts";
import { useLive } from "../../calls/use_live.ts";
import { AreaHead } from "../../parts/area_head.tsx";
import { Section } from "../../parts/section.tsx";
import { RingSection } from "./ring_section.tsx";
import { RotationHistory } from "./rotation_history.tsx";

interface Rings {
  readonly items: readonly RingRow[];
}

/** Draws it. After a rotation one watches the counts fall. */
export function SecretsArea() {
  const { data, error, refetch } = useLive<Rings>({
    key: ["secrets", "list"],
    ask: () => api.secrets.list.query(),
    follow: (listener) => api.secrets.live.subscribe({}, listener),
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
      <RotationHistory />
    </section>
  );
}
