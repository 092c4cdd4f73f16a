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
import { queries } from "./api.ts";
import { App } from "./app.tsx";
import { NONCE } from "./boot_data.ts";
import { FailureBoundary } from "./failure_boundary.tsx";
import { followLinks } from "./follow_links.ts";
import { takeToken } from "./link_token.ts";
import { watchHistory } from "./location_store.ts";

takeToken();
watchHistory();
followLinks();
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
