/**
 * Bundles the server: `bun apps/server/build.ts <folder>`.
 *
 * Hundreds of small modules take longer to be found and read than all the rest of a start. What is bundled
 * is the same code; a module's own place stays where its source is, so that migrations, pages and the
 * worker of the password hasher are found. Packages with native parts stay where they are.
 *
 * @module
 */

import { dirname, join } from "node:path";
import type { BunPlugin } from "bun";

const ROOT = join(import.meta.dir, "../..");

/** They look for native files beside themselves. */
const NATIVE = /^(?:libsql|@node-rs\/argon2)$/;

/** Sources of ours, of any workspace; not what is installed. */
const OWN_SOURCE = /^(?!.*\/node_modules\/).*\/(?:apps|packages)\/.*\.ts$/;

const placeKeeper: BunPlugin = {
  name: "places",
  setup(build) {
    build.onResolve({ filter: NATIVE }, ({ path, importer }) => ({
      path: Bun.resolveSync(path, dirname(importer)),
      external: true,
    }));
    build.onLoad({ filter: OWN_SOURCE }, async ({ path }) => {
      const source = await Bun.file(path).text();
      if (!source.includes("import.meta.")) return undefined;
      const contents = source
        .replaceAll("import.meta.url", JSON.stringify(Bun.pathToFileURL(path).href))
        .replaceAll("import.meta.dir", JSON.stringify(dirname(path)));
      return { contents, loader: "ts" };
    });
  },
};

const [outdir] = process.argv.slice(2);
if (outdir === undefined) {
  process.stderr.write("Say where to: bun apps/server/build.ts <folder>\n");
  process.exit(1);
}
const built = await Bun.build({
  entrypoints: [join(ROOT, "apps/server/main.ts")],
  outdir,
  target: "bun",
  splitting: true,
  minify: { syntax: true, whitespace: true, identifiers: false },
  sourcemap: "linked",
  plugins: [placeKeeper],
  throw: false,
});
for (const message of built.logs) process.stderr.write(`${message}\n`);
process.exit(built.success ? 0 : 1);
