/**
 * Reads variables and collects what is wrong with them, so that all problems are told at once.
 *
 * @module
 */

/** Variables by name, as the process has them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Reads from one environment. */
export interface EnvReader {
  readonly env: Env;
  /** The value; `undefined` where it is unset or empty. */
  get(name: string): string | undefined;
  /** Notes a problem, in one line: what was found, secrets masked, and what is accepted. */
  refuse(name: string, found: string, accepted: string): void;
  /** One of a few words, or the first of them where it is unset or wrong. */
  word<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word;
  /** A whole number in plain digits, or the fallback where it is unset or wrong. */
  wholeNumber(name: string, range: NumberRange): number;
  readonly problems: readonly string[];
}

/** What a number may be. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
}

/** Longest piece of a wrong value that is shown. */
const SHOWN_MAX_LENGTH = 80;

/** Makes a reader without problems yet. */
export function createEnvReader(env: Env): EnvReader {
  const problems: string[] = [];

  function get(name: string): string | undefined {
    const value = env[name];
    return value === "" ? undefined : value;
  }

  function refuse(name: string, found: string, accepted: string): void {
    problems.push(`${name}: found ${found}; accepted: ${accepted}`);
  }

  return {
    env,
    get,
    refuse,
    problems,
    word(name, words) {
      const value = get(name);
      const found = words.find((word) => word === (value ?? words[0]));
      if (found === undefined) refuse(name, shown(value ?? ""), words.join(", "));
      return found ?? words[0];
    },
    wholeNumber(name, { least, most, fallback }) {
      const value = get(name);
      if (value === undefined) return fallback;
      const number = parseWholeNumber(value);
      if (number !== undefined && number >= least && number <= most) return number;
      refuse(name, shown(value), `a whole number from ${least} to ${most}`);
      return fallback;
    },
  };
}

/** Reads plain digits without leading zeros; `undefined` where there is anything else. */
export function parseWholeNumber(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined;
}

/** Shows a value in one line, shortened, without what stands before an `@`. */
export function shown(value: string): string {
  const masked = value.replace(/^([a-z][a-z0-9+.-]*:)?(.*)@/is, "$1***@");
  const short = masked.length > SHOWN_MAX_LENGTH ? `${masked.slice(0, SHOWN_MAX_LENGTH)}…` : masked;
  return JSON.stringify(short);
}

/** Shows of a URL that may hold a password, or a token in its query, what is neither. */
export function shownUrl(value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(value)) return hidden(value);
  return shown(value.replace(/\?.*$/s, "?***"));
}

/** Tells of a secret only how long it is. */
export function hidden(value: string): string {
  return `${value.length} characters (not shown)`;
}

/** Splits a list at commas; blanks around the entries, and empty ones, do not count. */
export function splitList(value: string): readonly string[] {
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
