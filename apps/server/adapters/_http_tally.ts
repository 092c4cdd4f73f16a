/**
 * Counts requests where they happen, in plain arrays, and shows them to Prometheus when it asks.
 *
 * prom-client takes about 500 ns to count and as much again to time a request, most of it for
 * hashing labels. Here a route is looked up once and then costs a few additions.
 *
 * @see Prometheus, "Histograms and summaries"
 * @module
 */

import { Counter, Histogram, type Registry } from "prom-client";
import type { RouteTally } from "../metrics_port.ts";

/** Counts requests. */
export interface HttpTally {
  /** The tally of a route, by its pattern and never by the path that was asked for. */
  route(method: string, pattern: string): RouteTally;
}

/** Upper bounds of the histogram, seconds: fine where a warm request lies, up to a slow login. */
const BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The same in milliseconds, as they are compared. */
const BOUNDS_MS = BOUNDS_S.map((bound) => bound * 1_000);

/** Methods that have a label of their own. */
const METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);

/** Most pairs of route and method that have labels of their own. There are fewer; this holds if a caller errs. */
const MAX_SERIES = 256;

/** The label of whatever has none of its own. */
const OTHER = "other";

const STATUS_CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;

const DURATION = "postern_http_request_duration_seconds";
const DURATION_HELP = "Time from a request's arrival to its answer, by route and method";

interface Series {
  readonly method: string;
  readonly route: string;
  /** Requests by status class. */
  readonly classes: Float64Array;
  /** Requests by the first bound that they were under; the last is for those under none. */
  readonly buckets: Float64Array;
  readonly tally: RouteTally;
  sumMs: number;
}

/** Makes a tally that a registry shows. */
export function createHttpTally(registry: Registry): HttpTally {
  const byMethod = new Map<string, Map<string, Series>>();
  const all: Series[] = [];
  const add = (method: string, route: string): Series => {
    const series = newSeries(method, route);
    all.push(series);
    const routes = byMethod.get(method) ?? new Map<string, Series>();
    byMethod.set(method, routes.set(route, series));
    return series;
  };
  const find = (method: string, route: string) => byMethod.get(method)?.get(route);
  const findOrAdd = (method: string, pattern: string): Series => {
    const known = METHODS.has(method) ? method : OTHER;
    const route = all.length < MAX_SERIES ? pattern : OTHER;
    return find(known, pattern) ?? find(known, route) ?? add(known, route);
  };
  showRequests(registry, all);
  registry.registerMetric(new DurationHistogram(all));
  return {
    route: (method, pattern) => (find(method, pattern) ?? findOrAdd(method, pattern)).tally,
  };
}

function newSeries(method: string, route: string): Series {
  const classes = new Float64Array(STATUS_CLASSES.length);
  const buckets = new Float64Array(BOUNDS_MS.length + 1);
  const observe = (status: number, elapsedMs: number): void => {
    const index = Math.floor(status / 100) - 1;
    classes[index] = (classes[index] ?? 0) + 1;
    let bucket = 0;
    while (elapsedMs > (BOUNDS_MS[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    series.sumMs += elapsedMs;
  };
  const series: Series = { method, route, classes, buckets, sumMs: 0, tally: { observe } };
  return series;
}

function showRequests(registry: Registry, all: readonly Series[]): void {
  const counter = new Counter({
    name: "postern_http_requests_total",
    help: "Requests answered, by route, method and class of status",
    labelNames: ["route", "method", "status"],
    registers: [],
    collect() {
      this.reset();
      for (const { route, method, classes } of all) {
        for (const [index, status] of STATUS_CLASSES.entries()) {
          const count = classes[index] ?? 0;
          if (count > 0) this.inc({ route, method, status }, count);
        }
      }
    },
  });
  registry.registerMetric(counter);
}

/** A histogram whose counts stand elsewhere. prom-client has no way to set them. */
class DurationHistogram extends Histogram<"route" | "method"> {
  readonly #all: readonly Series[];

  constructor(all: readonly Series[]) {
    super({
      name: DURATION,
      help: DURATION_HELP,
      labelNames: ["route", "method"],
      buckets: BOUNDS_S,
      registers: [],
    });
    this.#all = all;
  }

  /** What prom-client asks for all values, whichever form it is to write them in. */
  getForPromString() {
    return Promise.resolve({
      name: DURATION,
      help: DURATION_HELP,
      type: "histogram",
      aggregator: "sum",
      values: this.#all.flatMap(samplesOf),
    });
  }
}

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly sharedLabels: Readonly<Record<string, string>>;
  readonly value: number;
}

function samplesOf(series: Series): readonly Sample[] {
  const sharedLabels = { route: series.route, method: series.method };
  let count = 0;
  const buckets = [...BOUNDS_S, "+Inf"].map((le, index) => {
    count += series.buckets[index] ?? 0;
    return { metricName: `${DURATION}_bucket`, labels: { le }, sharedLabels, value: count };
  });
  return [
    ...buckets,
    { metricName: `${DURATION}_sum`, labels: {}, sharedLabels, value: series.sumMs / 1_000 },
    { metricName: `${DURATION}_count`, labels: {}, sharedLabels, value: count },
  ];
}
