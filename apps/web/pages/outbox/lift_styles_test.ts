import { expect, test } from "bun:test";
import { liftStyles } from "./lift_styles.ts";

test("liftStyles() takes sheets out and renames every style attribute", () => {
  const html = `<head><style>a{b:c}</style></head><p class="x" style="margin:0">style="kept"</p><a style='color:red' href="#">y</a>`;
  expect(liftStyles(html)).toEqual({
    html: `<head></head><p class="x" data-lifted-style="margin:0">style="kept"</p><a data-lifted-style='color:red' href="#">y</a>`,
    sheets: ["a{b:c}"],
  });
});

test("liftStyles() leaves a mail without styles as it is", () => {
  const html = "<p>My style = plain</p>";
  expect(liftStyles(html)).toEqual({ html, sheets: [] });
});
