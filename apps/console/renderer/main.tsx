/**
 * Where the console's page starts.
 *
 * @module
 */

import "@postern/ui/styles.css";
import "./console.css";
import { ThemeProvider } from "@postern/ui";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { queries } from "./calls/api.ts";
import { FailureBoundary } from "./parts/failure_boundary.tsx";

const NONCE = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
const root = document.getElementById("root");
if (root === null) throw new Error("Cannot draw the console: the page has no root");
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
