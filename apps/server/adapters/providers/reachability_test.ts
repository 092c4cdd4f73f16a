import { expect, test } from "bun:test";
import { type EpochMs, epochMs, err, ok, type Result } from "@postern/std";
import { SEEN_MS } from "./limits.ts";
import type { OutgoingAnswer, OutgoingError } from "./outgoing.ts";
import { createReachability } from "./reachability.ts";

type Sent = Result<OutgoingAnswer, OutgoingError>;

/** What looks, at a network that answers as it is told. */
function lookingAt(answer: (url: string) => Promise<Sent>) {
  const asked: string[] = [];
  let now: EpochMs = epochMs(1_780_000_000_000);
  const { look } = createReachability({
    clock: { now: () => now },
    outgoing: {
      allows: () => true,
      send: async ({ url }) => {
        asked.push(url);
        return await answer(url);
      },
    },
  });
  return {
    look,
    asked,
    advance(ms: number) {
      now = epochMs(now + ms);
    },
  };
}

function failed(code: OutgoingError["code"], status: number | null = null): Sent {
  return err({ code, status });
}

const URL_OF_VISIT = "https://id.example/authorize?client_id=c&state=secret";

test.each([
  ["a page", failed("content_type", 200)],
  ["an error of its own", failed("content_type", 400)],
  ["a redirect", failed("redirect", 302)],
  ["a fault of its own", failed("content_type", 500)],
  ["JSON", ok({ status: 404, json: {}, date: null }) as Sent],
  ["nothing, since we are busy", failed("busy")],
])("whoever answers is there: %s", async (_, answer) => {
  const { look, asked } = lookingAt(async () => answer);
  expect(await look(URL_OF_VISIT)).toBeUndefined();
  expect(asked).toEqual(["https://id.example/authorize"]);
});

test.each([
  ["nobody listens", failed("unreachable")],
  ["nothing comes", failed("timeout")],
  ["the name is gone", failed("unresolved")],
  ["the certificate is another's", failed("tls")],
  ["a gateway has nobody behind it", failed("content_type", 503)],
  ["a gateway says so in JSON", ok({ status: 502, json: {}, date: null }) as Sent],
])("it is missed where %s", async (_, answer) => {
  const { look } = lookingAt(async () => answer);
  expect(await look(URL_OF_VISIT)).toMatchObject({ step: "visit", reason: "unreachable" });
});

test("it is looked once for all who ask meanwhile, and once a second where it was there", async () => {
  let isThere = true;
  const at = lookingAt(async () => (isThere ? failed("redirect", 302) : failed("unreachable")));
  await Promise.all(Array.from({ length: 20 }, () => at.look(URL_OF_VISIT)));
  await at.look(URL_OF_VISIT);
  expect(at.asked).toHaveLength(1);
  isThere = false;
  at.advance(SEEN_MS);
  expect(await at.look(URL_OF_VISIT)).toBeDefined();
  // Missed once, it is looked again at the next visit: it may be back.
  isThere = true;
  expect(await at.look(URL_OF_VISIT)).toBeUndefined();
  expect(at.asked).toHaveLength(3);
});
