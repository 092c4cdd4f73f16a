/**
 * `bun run soak`: installs what is missing and runs the soak with the arguments given.
 *
 * @module
 */

import { join } from "node:path";
import { becomeBun } from "./_become.ts";
import { installDependencies, ROOT } from "./_install.ts";
import { buildStalePages } from "./_pages.ts";

installDependencies();
if (!buildStalePages()) process.exit(1);
// It starts servers again and again: when this process is ended, they end.
becomeBun(["--no-orphans", join(ROOT, "tests/soak/main.ts"), ...process.argv.slice(2)]);
