import { expect, test } from "bun:test";
import { SCHEME_PAGE_COLORS } from "./color_scheme.ts";

const CSS = await Bun.file(new URL("./theme.css", import.meta.url)).text();

/** Text needs 4.5, what one must see to use a control needs 3. WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT_MIN = 4.5;
const CONTROL_MIN = 3;

type Tokens = Readonly<Record<string, string>>;

function tokensOf(selector: string): Tokens {
  const start = CSS.indexOf(`${selector} {`);
  const block = CSS.slice(start, CSS.indexOf("\n}", start));
  return Object.fromEntries(
    [...block.matchAll(/(--pt-[a-z-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_PAIRS: readonly (readonly [string, readonly string[]])[] = [
  [
    "--pt-ink",
    ["--pt-page", "--pt-surface", "--pt-sunken", "--pt-accent-wash", "--pt-danger-wash"],
  ],
  ["--pt-dim", ["--pt-page", "--pt-surface", "--pt-sunken"]],
  ["--pt-accent-ink", ["--pt-page", "--pt-surface", "--pt-sunken", "--pt-accent-wash"]],
  ["--pt-on-accent", ["--pt-accent", "--pt-accent-hover", "--pt-danger", "--pt-danger-hover"]],
  ["--pt-danger", ["--pt-page", "--pt-surface", "--pt-danger-wash"]],
  ["--pt-warning-ink", ["--pt-warning-wash"]],
];

const CONTROL_PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ["--pt-line-strong", ["--pt-page", "--pt-surface"]],
  ["--pt-focus", ["--pt-page", "--pt-surface"]],
];

function tooFaint(tokens: Tokens, pairs: typeof TEXT_PAIRS, least: number): readonly string[] {
  return pairs.flatMap(([front, backs]) =>
    backs
      .filter((back) => contrast(tokens[front] ?? "#000000", tokens[back] ?? "#000000") < least)
      .map((back) => `${front} on ${back}`),
  );
}

const SCHEMES = [
  ["light", ":root"],
  ["dark", ':root[data-mantine-color-scheme="dark"]'],
] as const;

for (const [name, selector] of SCHEMES) {
  test(`theme.css keeps text and controls legible in the ${name} scheme`, () => {
    const tokens = tokensOf(selector);
    expect(tooFaint(tokens, TEXT_PAIRS, TEXT_MIN)).toEqual([]);
    expect(tooFaint(tokens, CONTROL_PAIRS, CONTROL_MIN)).toEqual([]);
  });
  test(`SCHEME_PAGE_COLORS is the page's colour in the ${name} scheme`, () => {
    expect(tokensOf(selector)["--pt-page"]).toBe(SCHEME_PAGE_COLORS[name]);
  });
}
