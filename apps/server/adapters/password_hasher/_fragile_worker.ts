/**
 * The real worker, but where the password says so it throws or exits: a fault of the library or of
 * the runtime, for tests. Nothing else starts it.
 *
 * @module
 */

import type { Task } from "./task.ts";
import "./worker.ts";

declare const self: Worker;

const work = self.onmessage;

self.onmessage = (event: MessageEvent<Task>) => {
  if (event.data.password === "throw") throw new Error("Cannot go on: told to throw");
  if (event.data.password === "exit") process.exit(3);
  work?.call(self, event);
};
