/**
 * How far something is: a bar, and the same in words.
 *
 * @module
 */

/** What the bar is handed. */
export interface ProgressBarProps {
  /** What is counted. */
  readonly label: string;
  readonly value: number;
  /** 0 where it is not known yet. */
  readonly max: number;
  readonly words: string;
}

/** Draws it. Its words are told by themselves when they change. */
export function ProgressBar({ label, value, max, words }: ProgressBarProps) {
  return (
    <div className="co-progress">
      <progress
        className="co-meter"
        aria-label={label}
        {...(max === 0 ? {} : { max, value: Math.min(value, max) })}
      />
      <p role="status">{words}</p>
    </div>
  );
}
