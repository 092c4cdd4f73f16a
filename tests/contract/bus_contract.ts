/**
 * What every adapter of the bus must do, as tests that run against each of them.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Bus, BusTopic } from "@postern/server/bus_port.ts";
import { eventually } from "../support/eventually.ts";

/** Takes places at one bus. */
export interface BusUnderTest {
  join(): Bus;
  close?(): void | Promise<void>;
}

/** A place, with what it heard and how often it was connected. */
interface Place {
  readonly bus: Bus;
  readonly heard: [topic: BusTopic, text: string, from: string][];
  connections: number;
}

const TOPICS: readonly BusTopic[] = ["changes", "message", "typing", "presence"];

/** Declares the tests of one adapter. `open` is called once, before the first. */
export function busContract(adapter: string, open: () => Promise<BusUnderTest>): void {
  describe(`${adapter} keeps the contract of Bus`, () => {
    let underTest: BusUnderTest;
    const taken: Bus[] = [];
    beforeAll(async () => {
      underTest = await open();
    });
    afterAll(async () => {
      for (const bus of taken) bus.close();
      await underTest.close?.();
    });

    async function take(): Promise<Place> {
      const place: Place = { bus: underTest.join(), heard: [], connections: 0 };
      taken.push(place.bus);
      for (const topic of TOPICS) {
        place.bus.subscribe(topic, (text, from) => place.heard.push([topic, text, from]));
      }
      place.bus.onConnected(() => {
        place.connections += 1;
      });
      await eventually("it is connected", () => place.bus.isConnected && place.connections > 0);
      return place;
    }

    declareHearing(take);
    declareOrder(take);
    declareEnds(take);
  });
}

function declareHearing(take: () => Promise<Place>): void {
  test("publish() reaches every other place once, and not the one that published", async () => {
    const [one, two, three] = [await take(), await take(), await take()];
    one.bus.publish("typing", "hello");
    two.bus.publish("typing", "over");
    await eventually("all have heard", () => three.heard.length >= 2 && one.heard.length >= 1);
    await eventually("two has heard", () => two.heard.length >= 1);
    expect(one.heard).toEqual([["typing", "over", two.bus.id]]);
    expect(two.heard).toEqual([["typing", "hello", one.bus.id]]);
    expect(three.heard.toSorted()).toEqual(
      [
        ["typing", "hello", one.bus.id],
        ["typing", "over", two.bus.id],
      ].toSorted() as never,
    );
  });

  test("a topic is heard by those who subscribed to it alone, each of several ears once", async () => {
    const [one, two] = [await take(), await take()];
    const again: string[] = [];
    two.bus.subscribe("changes", (text) => again.push(text));
    one.bus.publish("presence", "p");
    one.bus.publish("changes", "c");
    await eventually("both are heard", () => two.heard.length >= 2);
    expect(two.heard.map(([topic, text]) => `${topic} ${text}`)).toEqual([
      "presence p",
      "changes c",
    ]);
    expect(again).toEqual(["c"]);
  });

  test("publish() carries any well-formed text as it is, the empty one too", async () => {
    const [one, two] = [await take(), await take()];
    const texts = [
      "",
      " ",
      "a b  c",
      "\u0000\r\n\t",
      "\u{1f600}é",
      '{"a":"\\u0000"}',
      "x".repeat(100_000),
    ];
    for (const text of texts) one.bus.publish("message", text);
    await eventually("all are heard", () => two.heard.length >= texts.length);
    expect(two.heard.map(([, text]) => text)).toEqual(texts);
  });
}

function declareOrder(take: () => Promise<Place>): void {
  test("what a place publishes is heard in its order, over all topics, whoever else publishes", async () => {
    const [one, two, ear] = [await take(), await take(), await take()];
    for (let number = 0; number < 500; number += 1) {
      one.bus.publish(number % 2 === 0 ? "message" : "typing", `one ${number}`);
      two.bus.publish("message", `two ${number}`);
    }
    await eventually("all is heard", () => ear.heard.length >= 1_000);
    for (const [name, place] of [
      ["one", one],
      ["two", two],
    ] as const) {
      const theirs = ear.heard.filter(([, , from]) => from === place.bus.id);
      expect(theirs.map(([, text]) => text)).toEqual(
        Array.from({ length: 500 }, (_, number) => `${name} ${number}`),
      );
    }
  });

  test("publish() returns before anybody hears, and does not throw where an ear does not listen", async () => {
    const [one, two] = [await take(), await take()];
    one.bus.publish("changes", "now");
    expect(two.heard).toEqual([]);
    await eventually("it is heard", () => two.heard.length === 1);
  });
}

function declareEnds(take: () => Promise<Place>): void {
  test("a place that is closed hears nothing more, says nothing more, and does not throw", async () => {
    const [one, two, three] = [await take(), await take(), await take()];
    two.bus.close();
    await eventually("it is gone", () => !two.bus.isConnected);
    two.bus.publish("typing", "from nowhere");
    one.bus.publish("typing", "to those who are left");
    await eventually("it is heard", () => three.heard.length >= 1);
    expect(two.heard).toEqual([]);
    expect(three.heard.map(([, text]) => text)).toEqual(["to those who are left"]);
  });

  test("a place that comes later hears what is published from then on", async () => {
    const one = await take();
    one.bus.publish("typing", "too early");
    const late = await take();
    one.bus.publish("typing", "in time");
    await eventually("it is heard", () => late.heard.length >= 1);
    expect(late.heard.at(-1)?.[1]).toBe("in time");
  });
}
