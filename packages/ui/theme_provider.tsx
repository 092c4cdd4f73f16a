/**
 * Sets the theme up around an app.
 *
 * Mantine's style tags are switched off, since `theme.css` says all of it; what a component may
 * still write (responsive props) gets the page's nonce.
 *
 * @module
 */

import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { SCHEME_KEY } from "./color_scheme.ts";
import { theme } from "./theme.ts";

/** What the provider is handed. */
export interface ThemeProviderProps {
  /** The nonce of the page's content security policy; empty where there is none. */
  readonly nonce: string;
  readonly children: ReactNode;
}

const schemeManager = localStorageColorSchemeManager({ key: SCHEME_KEY });

/** Gives all inside it the theme of Postern, following the system until told otherwise. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      getStyleNonce={() => nonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
