/**
 * A stream of server-sent events, read one at a time.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */

/** One event of a stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly event: string;
  readonly id: string | null;
  /** Read as JSON; null where there is none. */
  readonly data: unknown;
}

/** A stream that is open. */
export interface EventStream {
  /** The next event; null once the stream has ended. */
  next(): Promise<StreamEvent | null>;
  /** The next piece: what is neither a greeting nor a sign of life. */
  piece(): Promise<StreamEvent | null>;
  /** Goes away. */
  leave(): Promise<void>;
}

const SIGNS_OF_LIFE: ReadonlySet<string> = new Set(["ping", "connected"]);

/** Reads an answer as a stream. */
export function readEventStream(response: Response): EventStream {
  if (response.body === null) throw new Error("There is no stream");
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  async function next(): Promise<StreamEvent | null> {
    while (true) {
      text = text.replace(/^\n+/, "");
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return eventOf(block);
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
  }
  return {
    next,
    async piece() {
      while (true) {
        const found = await next();
        if (found === null || !SIGNS_OF_LIFE.has(found.event)) return found;
      }
    },
    leave: () => reader.cancel(),
  };
}

function eventOf(block: string): StreamEvent {
  const fields = new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    }),
  );
  const data = fields.get("data");
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id") ?? null,
    data: data === undefined || data === "" ? null : JSON.parse(data),
  };
}
