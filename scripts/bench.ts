/**
 * `bun run bench`: installs what is missing and runs the benchmark with the arguments given.
 *
 * @module
 */

import { join } from "node:path";
import { becomeBun } from "./_become.ts";
import { installDependencies, ROOT } from "./_install.ts";

installDependencies();
// Many processes are measured: when this one is ended, they end.
becomeBun(["--no-orphans", join(ROOT, "tests/bench/main.ts"), ...process.argv.slice(2)]);
