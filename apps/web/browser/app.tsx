/**
 * The frame around every page: its address, its title, waiting, and notes.
 *
 * @module
 */

import { useComputedColorScheme } from "@mantine/core";
import { SCHEME_PAGE_COLORS, ToastRegion } from "@postern/ui";
import { Suspense, useEffect, useLayoutEffect } from "react";
import { WaitingPage } from "../layout/waiting_page.tsx";
import { pageOf } from "../page_list.ts";
import { AddressContext, useShownAddress } from "./address_context.ts";
import { toasts } from "./api.ts";
import { pageComponent } from "./page_modules.ts";

/** Draws the page of the current address. */
export function App() {
  const address = useShownAddress();
  const { name, title } = pageOf(address.path);
  const Page = pageComponent(name);
  // Before the effects of the page, since some pages name the tab more closely.
  useLayoutEffect(() => {
    document.title = title === "Postern" ? title : `${title} · Postern`;
  }, [title]);
  useBrowserColor();
  return (
    <AddressContext value={address}>
      <Suspense fallback={<WaitingPage />}>
        <Page key={address.path} />
      </Suspense>
      <ToastRegion store={toasts} />
    </AddressContext>
  );
}

/** Gives the browser's own bars the page's colour, also when a person chose against the system. */
function useBrowserColor(): void {
  const scheme = useComputedColorScheme();
  useEffect(() => {
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.content = SCHEME_PAGE_COLORS[scheme];
    }
  }, [scheme]);
}
