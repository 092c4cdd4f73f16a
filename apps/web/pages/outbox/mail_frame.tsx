/**
 * A mail's HTML, rendered as a mail program would.
 *
 * The frame has no scripts and inherits this page's policy, which takes no inline style. So the
 * styles are taken out of the parsed mail and set through the style sheet API, which is not inline.
 *
 * @module
 */

import { useCallback, useEffect, useRef, useState } from "react";
import { LIFTED_ATTRIBUTE, liftStyles } from "./lift_styles.ts";

/** What the frame is handed. */
export interface MailFrameProps {
  readonly html: string;
  readonly title: string;
}

const SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** Draws the frame at the height of what is in it; its links open in a tab of their own. */
export function MailFrame({ html, title }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(320);

  const fill = useCallback(() => {
    const inner = frame.current?.contentDocument;
    if (inner === null || inner === undefined) return;
    writeMail(inner, html);
    setHeight(inner.documentElement.scrollHeight);
  }, [html]);

  useEffect(fill, [fill]);
  return (
    <iframe
      ref={frame}
      className="pt-mail-frame"
      title={title}
      sandbox={SANDBOX}
      srcDoc="<!doctype html><html lang='en'><title>Mail</title></html>"
      height={height}
      onLoad={fill}
    />
  );
}

function writeMail(inner: Document, html: string): void {
  const lifted = liftStyles(html);
  const mail = new DOMParser().parseFromString(lifted.html, "text/html");
  for (const gone of mail.querySelectorAll("script, meta, link, base, title")) gone.remove();
  for (const link of mail.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  inner.body.replaceWith(inner.adoptNode(mail.body));
  for (const element of inner.querySelectorAll<HTMLElement>(`[${LIFTED_ATTRIBUTE}]`)) {
    element.style.cssText = element.getAttribute(LIFTED_ATTRIBUTE) ?? "";
  }
  inner.adoptedStyleSheets = lifted.sheets.map((text) => sheetOf(inner, text));
}

/** A sheet must be made by the window whose document takes it. */
function sheetOf(inner: Document, text: string): CSSStyleSheet {
  const Sheet = inner.defaultView?.CSSStyleSheet ?? CSSStyleSheet;
  const sheet = new Sheet();
  sheet.replaceSync(text);
  return sheet;
}
