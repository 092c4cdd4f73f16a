/**
 * The frame around every page: title, focus, waiting, and failure.
 *
 * @module
 */

import { ToastRegion } from "@postern/ui";
import { Suspense, useEffect, useRef } from "react";
import { WaitingPage } from "../layout/waiting_page.tsx";
import { pageOf } from "../page_list.ts";
import { toasts } from "./api.ts";
import { useAddress } from "./location_store.ts";
import { pageComponent } from "./page_modules.ts";

/** Draws the page of the current address. */
export function App() {
  const { path } = useAddress();
  const { name, title } = pageOf(path);
  const Page = pageComponent(name);
  usePageChange(path, title);
  return (
    <>
      <Suspense fallback={<WaitingPage />}>
        <Page key={path} />
      </Suspense>
      <ToastRegion store={toasts} />
    </>
  );
}

/** Does what the browser does when a page is loaded: title, top of the page, and focus at its start. */
function usePageChange(path: string, title: string): void {
  const lastPath = useRef(path);
  useEffect(() => {
    document.title = title === "Postern" ? title : `${title} · Postern`;
    if (lastPath.current === path) return;
    lastPath.current = path;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("h1")?.focus();
  }, [path, title]);
}
