import { afterEach, expect, test } from "bun:test";
import type { Change, KeyId } from "@postern/auth";
import { err, ok } from "@postern/std";
import { systemClock } from "./adapters/crypto.ts";
import { type ApplyChangesDeps, type Changes, createChanges } from "./apply_changes.ts";

let changes: Changes | undefined;

afterEach(() => changes?.stop());

/** Ports that note what reaches them, and fail or hang where a test says so. */
function openWorld(given: Partial<Pick<ApplyChangesDeps, "store" | "rings">>) {
  const seen: string[] = [];
  const note = (what: string) => async () => void seen.push(what);
  const deps: ApplyChangesDeps = {
    clock: systemClock,
    store: given.store ?? storeThat(async (position) => ({ position })),
    changesFrom: 7,
    warm: {
      forgetSession: note("session forgotten"),
      forgetUser: note("user forgotten"),
      forgetAll: note("all forgotten"),
    },
    rings: given.rings ?? {
      async reload() {
        seen.push("keys read");
        return ok(null);
      },
      signing,
    },
    sockets: {
      endSession: () => 0,
      endMember: () => 0,
      endOtherKeys: () => 0,
      endAll: (code) => void seen.push(`connections ended by ${code}`),
    },
    streams: { recheck: () => undefined },
    reloadSettings: async () => void seen.push("settings in force"),
    reloadLimits: async () => void seen.push("limits in force"),
    reseal: note("sealed anew"),
    renameSockets: note("connections renamed"),
    wakeMail: note("mail woken"),
    forgetProviders: note("providers forgotten"),
    log: { warn: () => undefined, error: () => undefined },
  };
  changes = createChanges(deps);
  return { changes, seen };
}

function signing() {
  return { current: "k" as KeyId, byId: new Map(), leaving: new Map() };
}

type Look = { changes?: readonly Change[]; position: number; isGap?: boolean };

function storeThat(look: (position: number) => Promise<Look>): ApplyChangesDeps["store"] {
  return {
    bookkeeping: {
      changesAfter: async (position) => ({ changes: [], isGap: false, ...(await look(position)) }),
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("The condition did not come true");
    await Bun.sleep(10);
  }
}

test("a change between the reading of the keys and the first look is applied", async () => {
  const asked: number[] = [];
  const store = storeThat(async (position) => {
    asked.push(position);
    return position === 7 ? { changes: [{ kind: "keys_changed" }], position: 8 } : { position };
  });
  const world = openWorld({ store });
  world.changes.start();
  await until(() => world.seen.includes("keys read"));
  await until(() => asked.length > 1);
  expect(asked.slice(0, 2)).toEqual([7, 8]);
});

test("keys that could not be read are owed, and read at a later look", async () => {
  let attempts = 0;
  const world = openWorld({
    rings: {
      signing,
      async reload() {
        attempts += 1;
        if (attempts === 1) throw new TypeError("Cannot read: the disk is away");
        return attempts === 2 ? err({ code: "keys_unreadable", message: "no" } as const) : ok(null);
      },
    },
  });
  world.changes.apply([{ kind: "keys_changed" }]);
  await until(() => world.changes.owed().length > 0);
  expect(world.changes.owed()).toEqual(["keys"]);
  expect(world.seen).toEqual(["all forgotten"]);
  world.changes.start();
  await until(() => world.changes.owed().length === 0);
  expect(attempts).toBe(3);
  expect(world.seen).toContain("sealed anew");
});

test("look() looks at once: forty changes that are told of do not wait for forty polls", async () => {
  let newest = 7;
  const store = storeThat(async (position) => ({
    position: newest,
    changes: position < newest ? [{ kind: "mail_queued" }] : [],
  }));
  const { changes: told, seen } = openWorld({ store });
  told.start();
  const startedAt = performance.now();
  for (let change = 1; change <= 40; change += 1) {
    newest += 1;
    told.look();
    await until(() => seen.length === change);
  }
  // The polls alone would take 20 s.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("look() while a look is under way looks again after it, and after stop() not at all", async () => {
  const looks: PromiseWithResolvers<void>[] = [];
  const store = storeThat(async (position) => {
    const look = Promise.withResolvers<void>();
    looks.push(look);
    await look.promise;
    return { position };
  });
  const { changes: told } = openWorld({ store });
  told.start();
  told.look();
  await until(() => looks.length === 1);
  told.look();
  told.look();
  looks[0]?.resolve();
  await until(() => looks.length === 2);
  told.stop();
  told.look();
  looks[1]?.resolve();
  // Meanwhile another one looks, and looks again by itself.
  let others = 0;
  const other = openWorld({
    store: storeThat(async (position) => {
      others += 1;
      return { position };
    }),
  });
  other.changes.start();
  await until(() => others === 3);
  expect(looks).toHaveLength(2);
});

test("keys whose reading hangs become owed", async () => {
  const { promise } = Promise.withResolvers<never>();
  const world = openWorld({ rings: { signing, reload: () => promise } });
  world.changes.apply([{ kind: "keys_changed" }]);
  expect(world.changes.owed()).toEqual([]);
  await until(() => world.changes.owed().includes("keys"));
});

test("a gap in the changes makes everything forgotten, connections end, and keys and limits read anew", async () => {
  const store = storeThat(async (position) =>
    position === 7 ? { position: 90, isGap: true } : { position },
  );
  const world = openWorld({ store });
  world.changes.start();
  await until(() => world.seen.includes("keys read") && world.seen.includes("limits in force"));
  expect(world.seen).toContain("all forgotten");
  expect(world.seen).toContain("connections ended by 1012");
  expect(world.seen).toContain("mail woken");
});

test.each(["fails", "hangs"])(
  "nobody stays remembered or connected while looking for changes %s",
  async (how) => {
    const { promise } = Promise.withResolvers<never>();
    const store = storeThat(() =>
      how === "hangs" ? promise : Promise.reject(new TypeError("Cannot read: the disk is away")),
    );
    const world = openWorld({ store });
    world.changes.start();
    await until(() => world.seen.includes("connections ended by 1012"));
    const seen = ["all forgotten", "providers forgotten", "connections ended by 1012"];
    expect(new Set(world.seen)).toEqual(new Set(seen));
  },
);

test("what pages show of providers is forgotten when one changes", () => {
  const world = openWorld({});
  world.changes.apply([{ kind: "providers_changed" }]);
  expect(world.seen).toEqual(["providers forgotten"]);
});
