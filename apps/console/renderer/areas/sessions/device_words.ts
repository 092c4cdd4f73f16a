/**
 * A session's device in a few words, from its user agent.
 *
 * It is for people to tell devices apart, and nothing is decided by it.
 *
 * @module
 */

import type { SessionRow } from "../../calls/shapes.ts";

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
];

/** Names it: browser and system where they are known, else the beginning of the user agent. */
export function deviceWords({
  kind,
  user_agent: agent,
}: Pick<SessionRow, "kind" | "user_agent">): string {
  if (kind === "console") return "Console";
  if (agent === null || agent === "") return kind === "api" ? "A program" : "Unknown device";
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  return agent.split(/[\s(]/, 1)[0] ?? agent;
}
