/**
 * Writes lines to standard output, whatever becomes of their reader.
 *
 * A reader that is gone does not end the server, and one that stalls does not fill its memory: lines
 * are then left out, and counted. Lines that come while others are written go out together.
 *
 * `process.stdout` is not used: on a pipe it tells neither how much waits nor when it is gone.
 *
 * @module
 */

/** Where log lines go. */
export interface LineSink {
  /** Takes a line with its end. */
  write(line: string): void;
  /** Resolves once what was written has left the process, or cannot. */
  flush(): Promise<void>;
}

/** Most that waits for a stalled reader, characters. */
const WAITING_MAX_LENGTH = 4 * 1_024 * 1_024;

/** Longest wait for a stalled reader at the end. */
const FLUSH_MAX_MS = 1_000;

/** Makes a sink over standard output. */
export function stdoutLines(): LineSink {
  const output = Bun.stdout.writer();
  let waiting = "";
  let dropped = 0;
  let draining: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    while (waiting !== "") {
      const text = waiting + droppedLine(dropped);
      waiting = "";
      dropped = 0;
      try {
        // Of its two promises either may be the one that fails.
        await Promise.all([output.write(text), output.flush()]);
      } catch {
        // The reader is gone, or the disk is full. There is nobody to tell.
      }
    }
    draining = undefined;
  };
  return {
    write: (line) => {
      if (waiting.length > WAITING_MAX_LENGTH) {
        dropped += 1;
        return;
      }
      waiting += line;
      draining ??= drain();
    },
    flush: () => Promise.race([draining, Bun.sleep(FLUSH_MAX_MS)]),
  };
}

function droppedLine(dropped: number): string {
  if (dropped === 0) return "";
  return `${JSON.stringify({ level: "warn", at: new Date().toISOString(), msg: "log lines left out", lines: dropped })}\n`;
}
