/**
 * Where the pages start in the browser.
 *
 * @module
 */

import "@postern/ui/styles.css";
import "../layout/page.css";
import { ThemeProvider } from "@postern/ui";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { pageOf } from "../page_list.ts";
import { queries } from "./api.ts";
import { App } from "./app.tsx";
import { NONCE } from "./boot_data.ts";
import { FailureBoundary } from "./failure_boundary.tsx";
import { followLinks } from "./follow_links.ts";
import { takeToken } from "./link_token.ts";
import { watchHistory } from "./location_store.ts";
import { preparePage } from "./page_modules.ts";

/** Longest wait with nothing on the page, milliseconds; from then on a sign of waiting is better. */
const BLANK_LIMIT_MS = 400;

takeToken();
watchHistory();
followLinks();
void start();

async function start(): Promise<void> {
  const prepared = preparePage(pageOf(location.pathname).name);
  await Promise.race([prepared, new Promise((resolve) => setTimeout(resolve, BLANK_LIMIT_MS))]);
  draw();
}

function draw(): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("Cannot draw the pages: the shell has no root");
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider nonce={NONCE}>
        <QueryClientProvider client={queries}>
          <FailureBoundary>
            <App />
          </FailureBoundary>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}
