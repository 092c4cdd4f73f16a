/**
 * Finds the programs that some tests need, and on Debian installs what is missing.
 *
 * Where a program cannot be had, its tests are skipped; which, and what to install, is said in a line.
 *
 * @module
 */

interface Program {
  readonly name: string;
  /** Tells tests where it is. */
  readonly variable: string;
  readonly commands: readonly string[];
  readonly debianPackage: string;
}

const PROGRAMS: readonly Program[] = [
  {
    name: "Chromium",
    variable: "POSTERN_CHROMIUM",
    commands: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    debianPackage: "chromium",
  },
  {
    name: "Redis",
    variable: "POSTERN_REDIS_SERVER",
    commands: ["redis-server", "valkey-server"],
    debianPackage: "redis-server",
  },
];

/** Returns the environment variables that tell tests where their programs are. */
export function findTestPrograms(): Record<string, string> {
  const found = PROGRAMS.map((program): [string, string] => [
    program.variable,
    find(program) ?? install(program) ?? "",
  ]);
  return Object.fromEntries(found);
}

function find({ variable, commands }: Program): string | undefined {
  const given = process.env[variable];
  if (given !== undefined && given !== "") return given;
  return commands.map((command) => Bun.which(command)).find((path) => path !== null) ?? undefined;
}

/** Installs one program where that is a matter of course: as root on Debian or one of its kind. */
function install(program: Program): string | undefined {
  const { name, debianPackage } = program;
  if (process.getuid?.() !== 0 || Bun.which("apt-get") === null) {
    say(`${name} is missing, so its tests are skipped. Install it (on Debian: ${debianPackage})`);
    return undefined;
  }
  say(`Installing ${debianPackage} with apt-get, for the tests that need ${name}`);
  const args = ["install", "--yes", "--no-install-recommends", debianPackage];
  if (!aptGet(args)) {
    aptGet(["update"]);
    if (!aptGet(args)) say(`Cannot install ${debianPackage}, so its tests are skipped`);
  }
  return find(program);
}

function aptGet(args: readonly string[]): boolean {
  const { exitCode } = Bun.spawnSync(["apt-get", "-qq", ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "ignore"],
  });
  return exitCode === 0;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
