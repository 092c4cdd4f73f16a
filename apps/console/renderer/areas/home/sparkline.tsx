/**
 * How a figure went, as a line without numbers.
 *
 * @module
 */

/** What the line is handed. */
export interface SparklineProps {
  readonly values: readonly number[];
  readonly tone: "good" | "bad" | "plain";
}

const WIDTH = 120;
const HEIGHT = 28;

/** Draws it. It is an ornament: the number stands beside it, and the chart below has all of them. */
export function Sparkline({ values, tone }: SparklineProps) {
  if (values.length < 2) return <span className="co-spark" />;
  const most = Math.max(1, ...values);
  const step = WIDTH / (values.length - 1);
  const points = values.map(
    (value, index) =>
      `${(index * step).toFixed(1)},${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`,
  );
  return (
    <svg
      className="co-spark"
      data-tone={tone}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} />
      <polyline points={points.join(" ")} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
