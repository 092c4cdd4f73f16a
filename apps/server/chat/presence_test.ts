import { afterEach, expect, test } from "bun:test";
import type { UserId } from "@postern/auth";
import { createMemoryBus, type MemoryBus } from "../adapters/memory_bus.ts";
import type { Bus } from "../bus_port.ts";
import { makeProcess, type Process, ROOM, settle, type Told } from "./_testing_connections.ts";
import { Presence } from "./presence.ts";

const open: Presence[] = [];

afterEach(() => {
  for (const presence of open.splice(0)) presence.stop();
});

/** A process with its presence, as the sockets use it. */
interface Place extends Process {
  come(userId: number): Told;
  go(told: Told): void;
  presence: Presence;
}

function join(hub: MemoryBus): Place {
  return joinAt(hub.join());
}

function joinAt(bus: Bus): Place {
  const process = makeProcess(bus);
  const presence = new Presence(process);
  open.push(presence);
  return {
    ...process,
    presence,
    come(userId) {
      const made = process.enter(userId);
      presence.greet(made.connection);
      presence.arrived(made.connection);
      return made;
    },
    go({ connection }) {
      process.sockets.remove(connection);
      presence.left(connection);
    },
  };
}

/** What was told: `+2` for a user who is online, `-2` for one who is offline. */
function toldOf({ told }: Told): readonly string[] {
  return told.map((frame) => {
    const { user, state } = frame as { user: { id: string }; state: string };
    return `${state === "online" ? "+" : "-"}${user.id}`;
  });
}

test("who comes and goes is told at every process, once for a user however many connections", async () => {
  const hub = createMemoryBus();
  const [one, two] = [join(hub), join(hub)];
  const here = one.come(1);
  await settle();
  const first = two.come(2);
  await settle();
  const second = two.come(2);
  const third = one.come(2);
  await settle();
  two.go(first);
  one.go(third);
  await settle();
  expect(toldOf(here)).toEqual(["+1", "+2"]);
  two.go(second);
  await settle();
  expect(toldOf(here)).toEqual(["+1", "+2", "-2"]);
});

test("whoever comes is told who is at other processes, though nobody was connected here before", async () => {
  const hub = createMemoryBus();
  const [one, two, three] = [join(hub), join(hub), join(hub)];
  one.come(1);
  two.come(2);
  two.come(2);
  await settle();
  const late = three.come(3);
  await settle();
  expect(toldOf(late).toSorted()).toEqual(["+1", "+2", "+3"]);
  const later = three.come(4);
  expect(toldOf(later).slice(0, 3).toSorted()).toEqual(["+1", "+2", "+3"]);
});

test("who was at a process that stops, or says nothing more, is offline; one who is elsewhere is not", async () => {
  const hub = createMemoryBus();
  const [one, two, three] = [join(hub), join(hub), join(hub)];
  const here = one.come(1);
  await settle();
  two.come(2);
  two.come(3);
  three.come(3);
  await settle();
  two.presence.stop();
  await settle();
  expect(toldOf(here)).toEqual(["+1", "+2", "+3", "-2"]);
});

test("a process that was away says who is there now, and hears who is elsewhere", async () => {
  const hub = createMemoryBus();
  const line = breakable(hub.join());
  const [one, two] = [join(hub), joinAt(line.bus)];
  const here = one.come(1);
  const there = two.come(2);
  const third = two.come(3);
  await settle();
  line.cut();
  two.go(third);
  two.come(4);
  one.come(5);
  await settle();
  expect(toldOf(here)).not.toContain("+4");
  expect(toldOf(there)).not.toContain("+5");
  line.mend();
  await settle();
  expect(toldOf(here).toSorted()).toEqual(["+1", "+2", "+3", "+4", "+5", "-3"]);
  expect(toldOf(there).toSorted()).toEqual(["+1", "+2", "+3", "+4", "+5", "-3"]);
});

/** The same place at a bus, by a line that can be cut: what is said meanwhile is lost. */
function breakable(bus: Bus) {
  const ears: (() => void)[] = [];
  let isWhole = true;
  return {
    bus: {
      id: bus.id,
      isConnected: true,
      publish: (topic, text) => void (isWhole && bus.publish(topic, text)),
      subscribe: (topic, ear) =>
        bus.subscribe(topic, (text, from) => void (isWhole && ear(text, from))),
      onConnected(ear) {
        ears.push(ear);
        bus.onConnected(ear);
      },
      close: () => bus.close(),
    } satisfies Bus,
    cut() {
      isWhole = false;
    },
    mend() {
      isWhole = true;
      for (const ear of ears) ear();
    },
  };
}

test("what is said of conversations that nobody here is connected to is not kept (memory)", async () => {
  const hub = createMemoryBus();
  const [one, two] = [join(hub), join(hub)];
  two.come(2);
  await settle();
  const late = one.come(1);
  await settle();
  one.go(late);
  expect(one.sockets.ofMember(ROOM, 1 as UserId)).toBe(0);
  two.come(3);
  await settle();
  const again = one.come(1);
  expect(toldOf(again)).toEqual(["+1"]);
  await settle();
  expect(toldOf(again).toSorted()).toEqual(["+1", "+2", "+3"]);
});

test("where many end at once only those who stay are told, and who is back at once was never away", async () => {
  const place = join(createMemoryBus());
  const stays = place.come(1);
  const others = [2, 3, 4].map((userId) => place.come(userId));
  for (const each of others) place.go(each);
  place.come(3);
  await settle();
  expect(toldOf(stays)).toEqual(["+1", "+2", "+3", "+4", "-2", "-4"]);
});
