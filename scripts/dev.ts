/**
 * `bun run dev`: the server in development, with `/dev/outbox`; it starts anew when a source changes.
 *
 * Not by `bun --watch`: that one misses files that an editor replaces, where they are imported by the
 * name of their package, and pages are no source of the server's.
 *
 * @module
 */

import { watch } from "node:fs";
import { join } from "node:path";
import { becomeBun } from "./_become.ts";
import { installDependencies, ROOT } from "./_install.ts";
import { buildStalePages } from "./_pages.ts";

/** Editors save in several steps; one new start does for all. */
const SETTLE_MS = 100;

process.env.NODE_ENV = "development";
installDependencies();
buildStalePages();
startAnewOnChange();
await import("@postern/server").catch((cause) => {
  console.error(cause);
  console.error("Waiting for a change");
});

function startAnewOnChange(): void {
  let timer: Timer | undefined;
  for (const folder of ["apps", "packages"]) {
    watch(join(ROOT, folder), { recursive: true }, (_, file) => {
      if (file === null || !isSource(file)) return;
      clearTimeout(timer);
      timer = setTimeout(startAnew, SETTLE_MS);
    });
  }
}

function isSource(file: string): boolean {
  if (/(?:^|\/)(?:node_modules|dist|data|[.][^/]*)\//.test(file)) return false;
  return /[.](?:tsx?|css|json|sql)$/.test(file) && !/_test[.]tsx?$/.test(file);
}

/** With pages that can't be built, the old ones stay until the next change. */
function startAnew(): void {
  if (buildStalePages()) becomeBun([...process.execArgv, ...process.argv.slice(1)]);
}
