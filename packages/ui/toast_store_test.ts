import { expect, test } from "bun:test";
import { createToastStore } from "./toast_store.ts";

test("add() keeps the newest three notes, oldest first", () => {
  const store = createToastStore();
  for (const text of ["one", "two", "three", "four"]) store.add(text);
  expect(store.list().map((toast) => toast.text)).toEqual(["two", "three", "four"]);
});

test("remove() of an unknown note tells nobody", () => {
  const store = createToastStore();
  store.add("one");
  let calls = 0;
  store.subscribe(() => {
    calls += 1;
  });
  const before = store.list();
  store.remove(99);
  expect(calls).toBe(0);
  expect(store.list()).toBe(before);
});

test("subscribe() stops calling back once its function is called", () => {
  const store = createToastStore();
  let calls = 0;
  const stop = store.subscribe(() => {
    calls += 1;
  });
  store.add("one");
  stop();
  store.add("two");
  expect(calls).toBe(1);
});
