/**
 * What is told of a soak: to people, and in JSON.
 *
 * @module
 */

import { cpus } from "node:os";
import { holdsMore, judgeGrowth, type Sample, trendOf } from "./growth.ts";
import type { Latencies } from "./latency_book.ts";
import type { Soaked } from "./run_soak.ts";
import type { Tally } from "./traffic.ts";
import type { HadFault } from "./trouble.ts";

/** A kind of request. */
export interface KindRow extends Tally {
  readonly kind: string;
  readonly calm: Latencies;
  readonly troubled: Latencies;
}

/** All of it, as it is written in JSON. */
export interface Report {
  readonly date: string;
  readonly machine: string;
  readonly minutes: number;
  readonly sockets: number;
  readonly capacity_per_s: number;
  readonly rate_per_s: number;
  /** Share of its time that who made the load computed: near 1, latencies are its own. */
  readonly own_busy: number;
  readonly kinds: readonly KindRow[];
  readonly messages_delivered: number;
  readonly faults: readonly HadFault[];
  readonly left_out: Readonly<Record<string, string>>;
  readonly acknowledged: Readonly<Record<string, number>>;
  readonly looked_up: Readonly<Record<string, number>>;
  readonly growth: Readonly<Record<string, unknown>>;
  /** Promises that were broken, in words; more than these where `broken_count` is greater. */
  readonly broken: readonly string[];
  readonly broken_count: number;
  readonly ok: boolean;
}

const MS_PER_MINUTE = 60_000;

/** Puts it together, and judges what grew. */
export function reportOf(soaked: Soaked, now: Date): Report {
  const { options, traffic, trouble, ledger, samples, fresh, left } = soaked;
  const grown = [
    ...judgeGrowth(samples),
    ...(holdsMore(left, fresh)
      ? [`With everybody gone ${left?.files} files were open, at the start ${fresh?.files}`]
      : []),
  ];
  const broken = [...ledger.broken, ...grown];
  return {
    date: now.toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}; Bun ${Bun.version}`,
    minutes: options.durationMs / MS_PER_MINUTE,
    sockets: options.sockets,
    capacity_per_s: Math.round(soaked.capacity),
    rate_per_s: Math.round(soaked.rate),
    own_busy: Number(soaked.ownBusy.toFixed(2)),
    kinds: [...traffic.tallies].map(([kind, tally]) => ({
      kind,
      ...tally,
      calm: traffic.calm.read(kind),
      troubled: traffic.troubled.read(kind),
    })),
    messages_delivered: soaked.delivered,
    faults: trouble.had,
    left_out: soaked.leftOut,
    acknowledged: { ...ledger.counts, signups: ledger.signups.size },
    looked_up: soaked.checked,
    growth: growthOf(samples, { fresh, left }),
    broken,
    broken_count: ledger.brokenCount + grown.length,
    ok: ledger.brokenCount + grown.length === 0,
  };
}

function growthOf(
  samples: readonly Sample[],
  ends: { readonly fresh: Sample | undefined; readonly left: Sample | undefined },
): Record<string, unknown> {
  const held = ({ residentMib, files, threads }: Sample) => ({ residentMib, files, threads });
  return {
    resident_mib: trendOf(samples, "residentMib") ?? null,
    files: trendOf(samples, "files") ?? null,
    threads: trendOf(samples, "threads") ?? null,
    at_start: ends.fresh === undefined ? null : held(ends.fresh),
    when_all_had_left: ends.left === undefined ? null : held(ends.left),
  };
}

/** Writes it for people. */
export function writeReport(report: Report): string {
  return [
    `${report.machine}; ${report.date}`,
    `${report.minutes} minutes with ${report.sockets} sockets at ${report.rate_per_s} acts/s, 70 % of ${report.capacity_per_s}; load made by one process, ${Math.round(report.own_busy * 100)} % busy`,
    "",
    ...tableOf(report.kinds),
    "",
    ...report.faults.map(faultLine),
    ...Object.entries(report.left_out).map(([name, why]) => `${name}: left out, ${why}`),
    "",
    `Acknowledged: ${listOf(report.acknowledged)}; ${report.messages_delivered} messages delivered`,
    `Looked up at the end, at a new process: ${listOf(report.looked_up)}`,
    ...growthLines(report.growth),
    "",
    ...report.broken.map((words) => `BROKEN: ${words}`),
    report.ok ? "Every promise was kept." : `${report.broken_count} promises were broken.`,
  ].join("\n");
}

const HEADINGS = ["", "done", "busy", "failed", "p50", "p99", "max", "p99 in trouble"] as const;

function tableOf(kinds: readonly KindRow[]): readonly string[] {
  const ms = (number: number) => `${number < 10 ? number.toFixed(1) : Math.round(number)} ms`;
  const rows = kinds.map(({ kind, done, busy, failed, odd, calm, troubled }) => [
    kind,
    String(done),
    String(busy),
    String(failed + odd),
    ms(calm.p50),
    ms(calm.p99),
    ms(calm.max),
    ms(troubled.p99),
  ]);
  const cells: (readonly string[])[] = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

function faultLine({ name, atS, lastedS, recoveredInS }: HadFault): string {
  const back = recoveredInS === null ? "never back" : `back after ${recoveredInS.toFixed(1)} s`;
  return `${name} at ${Math.round(atS)} s for ${lastedS.toFixed(1)} s: ${back}`;
}

function listOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function growthLines(growth: Report["growth"]): readonly string[] {
  return Object.entries(growth).map(([name, found]) => {
    if (found === null) return `${name}: cannot be told`;
    const { slope, from, to, minutes } = found as Partial<Record<string, number>>;
    if (slope === undefined) return `${name}: ${roundedJson(found)}`;
    const line = `${slope.toFixed(2)} a minute over ${minutes?.toFixed(1)} minutes`;
    return `${name}: ${line}, ${from?.toFixed(0)} to ${to?.toFixed(0)}`;
  });
}

function roundedJson(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === "number" ? Math.round(each) : each));
}
