/**
 * The theme, as Mantine wants it: names and defaults. The colours themselves are in `theme.css`,
 * where they follow the scheme without script.
 *
 * @module
 */

import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Ten steps of one token: components are only ever handed the named roles of a colour. */
function stepsOf(token: string): MantineColorsTuple {
  const step = `var(${token})`;
  return [step, step, step, step, step, step, step, step, step, step];
}

/** On a filled button the text is not always white: in the dark scheme the fill is bright. */
function resolveVariant(input: Parameters<VariantColorsResolver>[0]) {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === "filled" ? { ...colors, color: "var(--pt-on-accent)" } : colors;
}

/** The theme that pages and console share. */
export const theme = createTheme({
  primaryColor: "verdigris",
  colors: { verdigris: stepsOf("--pt-accent"), red: stepsOf("--pt-danger") },
  variantColorResolver: resolveVariant,
  fontFamily: "var(--pt-sans)",
  fontFamilyMonospace: "var(--pt-mono)",
  headings: { fontFamily: "var(--pt-serif)", fontWeight: "600" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "md" } },
    Input: { defaultProps: { size: "md" } },
    InputWrapper: {
      defaultProps: {
        size: "md",
        withAsterisk: false,
        inputWrapperOrder: ["label", "input", "error", "description"],
      },
    },
  },
});
