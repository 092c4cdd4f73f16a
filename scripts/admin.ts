/**
 * `bun run admin <command>`: the operator's commands, on the database itself. A running server acts
 * on them within a second.
 *
 * @module
 */

import { installDependencies } from "./_install.ts";

process.env.NODE_ENV ??= "production";
installDependencies();
const { runAdmin } = await import("./admin/run_admin.ts");
process.exit(await runAdmin(process.argv.slice(2)));
