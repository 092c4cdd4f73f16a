/**
 * Ways in which a peer's answer goes wrong.
 *
 * @module
 */

/** Comes after a while. */
export function slowly(delayMs: number): (answer: Response) => Promise<Response> {
  return async (answer) => {
    await Bun.sleep(delayMs);
    return answer;
  };
}

/** Comes byte by byte, and never ends. */
export function trickling(): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      stream.enqueue(Buffer.from(" "));
      await Bun.sleep(50);
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

/** Comes with so many bytes, and does not say so beforehand. */
export function hugely(bytes: number): () => Response {
  return () => {
    let left = bytes;
    const chunk = Buffer.alloc(65_536, " ");
    const body = new ReadableStream<Uint8Array>({
      async pull(stream) {
        stream.enqueue(chunk.subarray(0, Math.min(left, chunk.length)));
        left -= chunk.length;
        if (left <= 0) stream.close();
        await Bun.sleep(1);
      },
    });
    return new Response(body, { headers: { "Content-Type": "application/json" } });
  };
}

/** Sends elsewhere. */
export function redirectedTo(location: string): () => Response {
  return () => new Response(null, { status: 307, headers: { Location: location } });
}

/** Is something else altogether. */
export function replacedBy(text: string, type = "application/json"): () => Response {
  return () => new Response(text, { headers: { "Content-Type": type } });
}

/** Calls itself of another type. */
export function typed(type: string): (answer: Response) => Promise<Response> {
  return async (answer) =>
    new Response(await answer.text(), {
      status: answer.status,
      headers: { "Content-Type": type },
    });
}

/** Has other fields. `undefined` leaves one out. */
export function changed(
  fields: Readonly<Record<string, unknown>>,
): (answer: Response) => Promise<Response> {
  return async (answer) => {
    const json = (await answer.json()) as Record<string, unknown>;
    return Response.json({ ...json, ...fields }, { status: answer.status });
  };
}

/** Is an error, in the form of RFC 6749, section 5.2. */
export function refused(error: string, status = 400): () => Response {
  return () => Response.json({ error, error_description: "As told" }, { status });
}
