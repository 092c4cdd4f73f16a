/**
 * Where the console's page starts.
 *
 * @module
 */

import "@postern/ui/styles.css";
import { ThemeProvider } from "@postern/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

const NONCE = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
const root = document.getElementById("root");
if (root === null) throw new Error("Cannot draw the console: the page has no root");
createRoot(root).render(
  <StrictMode>
    <ThemeProvider nonce={NONCE}>
      <App bridge={window.postern} />
    </ThemeProvider>
  </StrictMode>,
);
