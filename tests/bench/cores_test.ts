import { expect, test } from "bun:test";
import { findCores, onCores, parseCoreList } from "./cores.ts";

test("parseCoreList() reads single cores and ranges", () => {
  expect(parseCoreList("0-2,5\n")).toEqual([0, 1, 2, 5]);
  expect(parseCoreList("7")).toEqual([7]);
});

test("parseCoreList() gives nothing for what is no list", () => {
  expect(parseCoreList("")).toBeUndefined();
  expect(parseCoreList("0-")).toBeUndefined();
  expect(parseCoreList("all")).toBeUndefined();
});

test("findCores() finds at least the core that this runs on", () => {
  const { all, server, load } = findCores();
  expect(all.length).toBeGreaterThan(0);
  expect(all).toContain(server[0] ?? -1);
  expect(all).toContain(load[0] ?? -1);
});

test("onCores() runs a program as it is where it cannot be kept on cores", () => {
  const cores = { all: [0, 3], server: [0], load: [3], canPin: true };
  expect(onCores(cores, [0, 3], ["bun", "x"])).toEqual(["taskset", "-c", "0,3", "bun", "x"]);
  expect(onCores({ ...cores, canPin: false }, [0], ["bun", "x"])).toEqual(["bun", "x"]);
});
