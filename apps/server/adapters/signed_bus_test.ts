import { expect, test } from "bun:test";
import { createMemoryBus } from "./memory_bus.ts";
import { signBus } from "./signed_bus.ts";

const KEY = new Uint8Array(32).fill(7);

function openTwo(otherKey = KEY) {
  const hub = createMemoryBus();
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  const [plain, carried] = [hub.join(), hub.join()];
  const one = signBus({ bus: carried, key: KEY, log });
  const two = signBus({ bus: hub.join(), key: otherKey, log });
  const heard: string[] = [];
  two.subscribe("message", (text, from) => heard.push(`${from} ${text}`));
  return { hub, plain, one, two, heard, warnings };
}

test("what a place of the same server publishes is heard as it was said, spaces and all", async () => {
  const { one, heard, warnings } = openTwo();
  one.publish("message", "a b  c");
  one.publish("message", "");
  await Bun.sleep(0);
  expect(heard).toEqual([`${one.id} a b  c`, `${one.id} `]);
  expect(warnings).toEqual([]);
});

test("what is unsigned, changed, or signed with another key is not heard (forgery)", async () => {
  const { plain, heard, warnings } = openTwo();
  for (const text of ["", "a", "a b", " a", `${"A".repeat(43)} a`]) plain.publish("message", text);
  const other = openTwo(new Uint8Array(32));
  other.one.publish("message", "a");
  await Bun.sleep(0);
  expect(heard).toEqual([]);
  expect(other.heard).toEqual([]);
  expect(warnings).toHaveLength(5);
});

test("a signature does not count for another topic, or from another place (replay)", async () => {
  const { plain, one, two, heard } = openTwo();
  const typed: string[] = [];
  two.subscribe("typing", (text) => typed.push(text));
  const signed: string[] = [];
  plain.subscribe("message", (text) => signed.push(text));
  one.publish("message", "a");
  await Bun.sleep(0);
  for (const text of signed) {
    plain.publish("typing", text);
    plain.publish("message", text);
  }
  await Bun.sleep(0);
  expect(signed).toHaveLength(1);
  expect(typed).toEqual([]);
  expect(heard).toEqual([`${one.id} a`]);
});
