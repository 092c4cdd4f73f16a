/**
 * The home: is it healthy, is anyone attacking, what changed today, what needs me.
 *
 * @module
 */

import "./home.css";
import { AreaHead } from "../../parts/area_head.tsx";
import { ErrorPanel } from "../../parts/state_panel.tsx";
import { currentProfile, useConsole } from "../../state/console_state.ts";
import { isPermitted } from "../../state/use_may.ts";
import { Attack } from "./attack.tsx";
import { Changes } from "./changes.tsx";
import { DayChart } from "./day_chart.tsx";
import { Figures } from "./figures.tsx";
import { Health } from "./health.tsx";
import { HourChart } from "./hour_chart.tsx";
import { Needs } from "./needs.tsx";
import { useSummary } from "./use_home.ts";

/** Draws it. */
export function HomeArea() {
  const state = useConsole();
  const { data, error, refetch } = useSummary();
  const seesEvents = isPermitted(state, "audit.read");
  return (
    <section className="co-area co-area-scroll" aria-labelledby="area-title">
      <AreaHead title="Home">
        <span className="pt-dim">{currentProfile(state)?.url}</span>
      </AreaHead>
      {data === undefined && error !== null ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? (
        <div className="co-ghosts" role="status" aria-label="Loading the state of things">
          <span />
          <span />
          <span />
        </div>
      ) : null}
      {data === undefined ? null : (
        <div className="co-home">
          <Needs summary={data} />
          <Figures summary={data} />
          <HourChart summary={data} />
          <DayChart />
          {seesEvents ? <Attack summary={data} /> : null}
          {seesEvents ? <Changes /> : null}
          <Health summary={data} />
        </div>
      )}
    </section>
  );
}
