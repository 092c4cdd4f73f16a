/**
 * Keeps the lines of a stream, and lets others wait for one.
 *
 * @module
 */

/** The lines of a stream. */
export interface LineCollector {
  /** Those so far. */
  lines(): readonly string[];
  /** The first that matches, past ones too; `undefined` when the time is over or the stream is. */
  find(matches: (line: string) => boolean, timeoutMs: number): Promise<string | undefined>;
  /** All of it, once the stream has ended. */
  whole(): Promise<string>;
}

const POLL_MS = 5;

/** Starts to read a stream. */
export function collectLines(stream: ReadableStream<Uint8Array>): LineCollector {
  const state = { text: "", lines: [] as string[], isOver: false };
  const over = read(stream, state);
  return {
    lines: () => state.lines,
    async find(matches, timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (let from = 0; ; ) {
        const { isOver } = state;
        const found = state.lines.slice(from).find(matches);
        if (found !== undefined || isOver || performance.now() > deadline) return found;
        from = state.lines.length;
        await Bun.sleep(POLL_MS);
      }
    },
    async whole() {
      await over;
      return state.text;
    },
  };
}

async function read(
  stream: ReadableStream<Uint8Array>,
  state: { text: string; lines: string[]; isOver: boolean },
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const text = decoder.decode(bytes, { stream: true });
    state.text += text;
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    state.lines.push(...parts);
  }
  if (rest !== "") state.lines.push(rest);
  state.isOver = true;
}
