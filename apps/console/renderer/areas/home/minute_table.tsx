/**
 * The last hour as a table, for whoever does not see the chart.
 *
 * @module
 */

import type { Summary } from "../../calls/shapes.ts";
import { useZone } from "../../parts/time_text.tsx";
import { clockTime } from "../../parts/time_words.ts";

/** What the table is handed. */
export interface MinuteTableProps {
  readonly minutes: Summary["last_hour"]["minutes"];
}

/** Draws it, out of sight. */
export function MinuteTable({ minutes }: MinuteTableProps) {
  const [zone] = useZone();
  return (
    <div className="pt-hidden">
      <table>
        <caption>The last hour, a minute a row</caption>
        <thead>
          <tr>
            <th scope="col">Minute</th>
            <th scope="col">Signed in</th>
            <th scope="col">Refused</th>
            <th scope="col">Over a limit</th>
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <tr key={minute.at}>
              <th scope="row">{clockTime(minute.at, zone)}</th>
              <td>{minute.sign_ins}</td>
              <td>{minute.failed_sign_ins}</td>
              <td>{minute.rate_limited}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
