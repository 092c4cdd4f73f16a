/**
 * The walls of the house: who may import whom.
 *
 * The table is DESIGN's ("The house"), for all of its folders. Tests may import what they need: those
 * beside the code by the same doors, those under tests/ whatever a package.json exports.
 *
 * @module
 */

/** Tests, and what configures a tool. */
const TEST = "(_test[.]tsx?|[.]config[.]ts)$";
const WORKSPACE = "^((?:apps|packages)/[^/]+|scripts|tests)/";
const NPM = "(^|/)node_modules/";

/** Per folder: which others it may import, and the packages it may use; `undefined` leaves those to its package.json. */
const TABLE = {
  "packages/std": { folders: [], npm: [] },
  "packages/wire": { folders: ["packages/std"], npm: ["zod"] },
  "packages/auth": { folders: ["packages/std"], npm: ["lucia"] },
  "packages/chat": { folders: ["packages/std", "packages/auth"], npm: [] },
  "packages/db": {
    folders: ["packages/std", "packages/auth", "packages/chat"],
    npm: ["drizzle-orm", "@libsql/client", "libsql"],
  },
  "packages/rpc": {
    folders: ["packages/std", "packages/wire", "packages/auth", "packages/chat"],
    npm: ["@trpc/server"],
  },
  "packages/client": { folders: ["packages/wire"], npm: [] },
  "packages/ui": { folders: [], npm: undefined },
  "apps/server": {
    folders: [
      "packages/std",
      "packages/wire",
      "packages/auth",
      "packages/chat",
      "packages/db",
      "packages/rpc",
      "apps/web",
    ],
    npm: undefined,
  },
  "apps/web": { folders: ["packages/wire", "packages/client", "packages/ui"], npm: undefined },
  "apps/console": {
    folders: ["packages/std", "packages/wire", "packages/ui", "packages/rpc"],
    npm: undefined,
  },
  scripts: {
    folders: [
      "packages/std",
      "packages/wire",
      "packages/auth",
      "packages/chat",
      "packages/db",
      "apps/server",
      "apps/web",
      "apps/console",
    ],
    npm: undefined,
  },
};

const PURE = "^packages/(std|wire|auth|chat|rpc)/";
const BROWSER =
  "^(packages/(client|ui)|apps/web/(browser|forms|layout|pages|providers)|apps/console/renderer)/";

function literally(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}

function deny(name, comment, rule) {
  return { name, comment, severity: "error", ...rule };
}

function folderRules() {
  return Object.entries(TABLE).flatMap(([folder, { folders, npm }]) => {
    const from = { path: `^${folder}/`, pathNot: TEST };
    const inside = [folder, ...folders].map((name) => `^${name}/`);
    const rules = [
      deny(
        `table-${folder.replaceAll("/", "-")}`,
        `${folder} may import: ${folders.join(", ") || "nothing"}.`,
        {
          from,
          to: { path: "^(apps|packages|scripts|tests)/", pathNot: inside },
        },
      ),
    ];
    if (npm === undefined) return rules;
    const allowed = npm.map((name) => `/node_modules/${literally(name)}/`);
    rules.push(
      deny(
        `npm-${folder.replaceAll("/", "-")}`,
        `${folder} may use: ${npm.join(", ") || "no npm package"}.`,
        {
          from,
          to: { path: NPM, pathNot: allowed },
        },
      ),
    );
    return rules;
  });
}

export default {
  forbidden: [
    ...folderRules(),
    deny("no-cycle", "Modules that need each other are one module, or hide a third.", {
      from: {},
      to: { circular: true },
    }),
    deny("resolvable", "The import leads nowhere.", { from: {}, to: { couldNotResolve: true } }),
    deny("declared", "The package is not in this workspace's package.json.", {
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    }),
    deny(
      "door",
      "A workspace is entered through its mod.ts; the server through main, compose and config.",
      {
        from: { path: WORKSPACE, pathNot: "^tests/" },
        to: {
          path: "^(apps|packages)/",
          pathNot: [
            "^$1/",
            "^(apps|packages)/[^/]+/mod[.]ts$",
            "^apps/server/(main|compose|config)[.]ts$",
            "^packages/ui/styles[.]css$",
          ],
        },
      },
    ),
    deny(
      "by-name",
      "Another workspace is imported by its name, so that package.json tells of it.",
      {
        from: { path: WORKSPACE },
        to: {
          path: "^(apps|packages|scripts|tests)/",
          pathNot: "^$1/",
          dependencyTypes: ["local"],
        },
      },
    ),
    deny("private", "_x.ts is for the files of its own folder.", {
      from: { path: "^(.+)/[^/]+$" },
      to: { path: "/_[^/]+$", pathNot: ["^$1/_[^/]+$", NPM] },
    }),
    deny("no-tests", "What is shipped knows nothing of its tests.", {
      from: { pathNot: [TEST, "^tests/"] },
      to: { path: [TEST, "^tests/"] },
    }),
    deny(
      "server-hands",
      "Only main.ts and the compose files touch the database and the adapters.",
      {
        from: {
          path: "^apps/server/",
          pathNot: [
            TEST,
            "^apps/server/(main|compose|compose_server|compose_shared)[.]ts$",
            "^apps/server/adapters/",
          ],
        },
        to: { path: ["^packages/db/", "^apps/server/adapters/"] },
      },
    ),
    deny("adapter-without-db", "An adapter serves one port; the database has its own package.", {
      from: { path: "^apps/server/adapters/", pathNot: TEST },
      to: { path: "^packages/db/" },
    }),
    deny("lucia-once", "Lucia stays behind one file, so that it can be replaced.", {
      from: { path: "^packages/auth/", pathNot: [TEST, "/_?lucia[^/]*[.]ts$"] },
      to: { path: "/node_modules/lucia/" },
    }),
    deny("pure-builtin", "Pure code knows no runtime.", {
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    }),
    deny("browser-builtin", "A page has no runtime but the browser.", {
      from: { path: BROWSER, pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    }),
    deny("server-without-pages", "The server renders nothing.", {
      from: { path: "^apps/server/", pathNot: TEST },
      to: { path: "/node_modules/(react|react-dom|@mantine/[^/]+|electron)/" },
    }),
    deny("web-without-server", "A page holds no server code.", {
      from: { path: ["^apps/web/", "^packages/(client|ui)/"], pathNot: TEST },
      to: { path: "/node_modules/(elysia|@elysiajs/[^/]+|drizzle-orm|@libsql/client|electron)/" },
    }),
    deny("rpc-as-type", "The console knows the router's type, and none of its code.", {
      from: { path: "^apps/console/", pathNot: TEST },
      to: { path: "^packages/rpc/", dependencyTypesNot: ["type-only"] },
    }),
    deny(
      "electron-once",
      "main.ts and the preload import Electron; all else is handed what it uses.",
      {
        from: {
          path: "^(apps/console|scripts|tests)/",
          pathNot: ["^apps/console/main/main[.]ts$", "^apps/console/preload/preload[.]ts$"],
        },
        to: { path: "/node_modules/electron/", dependencyTypesNot: ["type-only"] },
      },
    ),
    deny(
      "ipc-apart",
      "The channels are types and names that every room reads, and know none of them.",
      {
        from: { path: "^apps/console/ipc/", pathNot: TEST },
        to: { path: "^apps/console/(main|preload|renderer)/" },
      },
    ),
    deny("renderer-alone", "The renderer is a web page: no Electron, none of the other rooms.", {
      from: { path: "^apps/console/renderer/", pathNot: TEST },
      to: { path: ["/node_modules/electron/", "^apps/console/(main|preload)/"] },
    }),
    deny("preload-thin", "The preload exposes verbs and nothing else.", {
      from: { path: "^apps/console/preload/", pathNot: TEST },
      to: { path: "^apps/console/(main|renderer)/" },
    }),
    deny("main-without-pages", "The main room draws nothing.", {
      from: { path: "^apps/console/main/", pathNot: TEST },
      to: {
        path: [
          "^apps/console/(preload|renderer)/",
          "/node_modules/(react|react-dom|@mantine/[^/]+)/",
        ],
      },
    }),
  ],
  options: {
    doNotFollow: { path: NPM },
    // Only what we build ourselves: a "dist/" anywhere would hide most npm packages from the rules.
    exclude: { path: "^(apps|packages)/[^/]+/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    detectJSDocImports: true,
    builtInModules: { add: ["bun", "bun:test", "bun:sqlite", "bun:ffi", "bun:jsc"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["bun", "import", "types", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
