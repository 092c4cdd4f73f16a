/**
 * `bun run dev`: the server in development, with `/dev/outbox`.
 *
 * package.json runs it under `bun --watch`, which starts it anew when one of its sources changes; the
 * pages are no source of the server's, so they are watched and built here.
 *
 * @module
 */

import { watch } from "node:fs";
import { becomeBun } from "./_become.ts";
import { installDependencies } from "./_install.ts";
import { buildStalePages, PAGE_SOURCES } from "./_pages.ts";

/** Editors save in several steps; one build does for all. */
const SETTLE_MS = 100;

process.env.NODE_ENV = "development";
installDependencies();
buildStalePages();
watchPages();
await import("@postern/server");

function watchPages(): void {
  let timer: Timer | undefined;
  for (const folder of PAGE_SOURCES) {
    const watcher = watch(folder, { recursive: true }, (_, file) => {
      if (file === null || /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(renewPages, SETTLE_MS);
    });
    watcher.unref();
  }
}

/** The server read the pages when it started, so it starts anew with them. */
function renewPages(): void {
  if (buildStalePages()) becomeBun([...process.execArgv, ...process.argv.slice(1)]);
}
