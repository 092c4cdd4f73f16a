/**
 * The colours: main keeps the choice, since the window's frame follows it too.
 *
 * @module
 */

import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import type { Theme } from "../../ipc/bridge.ts";

/** Follows the choice that main keeps. */
export function useTheme(theme: Theme | null): void {
  // Stopping transitions meanwhile would write a style tag as HTML, which the page's policy refuses.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  useEffect(() => {
    if (theme !== null) setColorScheme(theme === "system" ? "auto" : theme);
  }, [theme, setColorScheme]);
}
