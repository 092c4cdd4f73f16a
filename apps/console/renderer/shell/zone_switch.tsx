/**
 * Times by this machine's clock, or in UTC.
 *
 * @module
 */

import { useZone } from "../parts/time_text.tsx";

/** A switch between the two. */
export function ZoneSwitch() {
  const [zone, setZone] = useZone();
  return (
    <button
      type="button"
      className="co-zone"
      title={
        zone === "utc" ? "Times are in UTC: make them local" : "Times are local: make them UTC"
      }
      onClick={() => setZone(zone === "utc" ? "local" : "utc")}
    >
      {zone === "utc" ? "UTC" : "Local"}
      <span className="pt-hidden"> times; switch to the other clock</span>
    </button>
  );
}
