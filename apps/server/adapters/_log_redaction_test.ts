import { expect, test } from "bun:test";
import { SECRET_PATTERNS } from "./_log_redaction.ts";

const PIECES = [
  "a",
  "-",
  "=",
  "a.",
  "token",
  "token-",
  '"token":"',
  '"token"   ',
  "$2b$",
  "eyJ",
  "eyJ.",
  "pk_",
  "://a",
  "a://",
  "://#",
  "#",
  "\\",
  "Bearer ",
  `${"a".repeat(1_999)}#`,
];

// A pattern whose time grows with the square of the length would take minutes here.
test.each(PIECES)(
  "patterns take time in line with the length of a hostile text, %# (ReDoS)",
  (piece) => {
    const text = piece.repeat(Math.ceil(300_000 / piece.length));
    const start = performance.now();
    for (const { pattern } of SECRET_PATTERNS) text.replaceAll(pattern, "");
    expect(performance.now() - start).toBeLessThan(3_000);
  },
);
