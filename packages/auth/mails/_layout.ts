/**
 * How every mail looks, in text and in HTML.
 *
 * Takes plain text and links, gives both forms of the same content. Nothing is fetched when a mail
 * is opened: no images, fonts or tracking. Every value is escaped here, and nowhere else.
 *
 * @module
 */

import { hostOf, oneLine } from "./_words.ts";
import type { RenderedMail } from "./mail.ts";

/** A link, shown as a button. */
export interface MailLink {
  readonly label: string;
  /** Below PUBLIC_URL, starting with a slash. */
  readonly path: string;
}

/** What a mail says, in the order in which it is read. */
export interface MailContent {
  readonly subject: string;
  readonly title: string;
  readonly opening: readonly string[];
  /** Names and values: when, where from. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** The first is the one to use; the others are shown smaller. */
  readonly links: readonly MailLink[];
  readonly closing: readonly string[];
}

interface Absolute {
  readonly label: string;
  readonly url: string;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Apple Mail, iOS Mail and others follow the device's theme; `!important` beats the inline styles. */
const DARK_STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#101412!important}
.card{background:#171c1a!important;border-color:#28302c!important}
.text{color:#e8ebe7!important}
.quiet{color:#9fa9a3!important}
.link{color:#7fc7b4!important}
.button{background:#7fc7b4!important;color:#08231d!important}
.rule{border-color:#28302c!important}
}`;

/** Lays out a mail. Links are made of the public URL and the content's own paths, nothing else. */
export function layOut(content: MailContent, publicUrl: string): RenderedMail {
  const root = publicUrl.replace(/\/+$/, "");
  const links = content.links.map(({ label, path }) => ({ label, url: `${root}${path}` }));
  const host = hostOf(root);
  return {
    subject: oneLine(content.subject),
    text: textOf(content, links, host),
    html: htmlOf(content, links, { label: host, url: root }),
  };
}

function textOf(content: MailContent, links: readonly Absolute[], host: string): string {
  const facts = (content.facts ?? []).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const blocks = [
    ...content.opening.map(oneLine),
    ...(facts.length > 0 ? [facts.join("\n")] : []),
    ...links.map(({ label, url }) => `${label}:\n${url}`),
    ...content.closing.map(oneLine),
    `-- \nSent by ${host}. Replies to it are not read.`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function htmlOf(content: MailContent, links: readonly Absolute[], home: Absolute): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escapeHtml(content.subject)}</title>
<style>${DARK_STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f7f5f0;-webkit-text-size-adjust:100%">
<div class="page" style="background:#f7f5f0;padding:24px 12px">
<div class="card" style="max-width:520px;margin:0 auto;padding:28px 24px;background:#fffefc;border:1px solid #e3ded4;border-radius:12px;${FONT}">
<p class="quiet" style="margin:0 0 20px;font-size:14px;line-height:20px;color:#625d54">${escapeHtml(home.label)}</p>
<h1 class="text" style="margin:0 0 16px;font-size:22px;line-height:30px;font-weight:650;color:#1d1b18">${escapeHtml(content.title)}</h1>
${content.opening.map(paragraph).join("\n")}
${factList(content.facts ?? [])}${links.map(linkBlock).join("\n")}
${content.closing.map(paragraph).join("\n")}
</div>
<p class="quiet" style="max-width:520px;margin:16px auto 0;padding:0 24px;font-size:13px;line-height:20px;color:#625d54;${FONT}">Sent by <a class="link" href="${escapeHtml(home.url)}" style="color:#1b6152">${escapeHtml(home.label)}</a>. Replies to it are not read.</p>
</div>
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p class="text" style="margin:0 0 16px;font-size:16px;line-height:25px;color:#1d1b18;overflow-wrap:anywhere">${escapeHtml(text)}</p>`;
}

function factList(facts: NonNullable<MailContent["facts"]>): string {
  if (facts.length === 0) return "";
  const rows = facts.map(
    ([name, value]) =>
      `<div style="margin:0 0 8px"><dt class="quiet" style="font-size:13px;line-height:18px;color:#625d54">${escapeHtml(name)}</dt><dd class="text" style="margin:0;font-size:16px;line-height:24px;color:#1d1b18;overflow-wrap:anywhere">${escapeHtml(value)}</dd></div>`,
  );
  return `<dl class="rule" style="margin:0 0 20px;padding:12px 0 4px;border-top:1px solid #e3ded4;border-bottom:1px solid #e3ded4">${rows.join("")}</dl>\n`;
}

/** The first link is a button with its address in the clear beneath it; the others are lines. */
function linkBlock({ label, url }: Absolute, index: number): string {
  const href = escapeHtml(url);
  if (index > 0) {
    return `<p style="margin:0 0 16px;font-size:16px;line-height:25px"><a class="link" href="${href}" style="color:#1b6152">${escapeHtml(label)}</a></p>`;
  }
  return `<p style="margin:24px 0 12px"><a class="button" href="${href}" style="display:inline-block;padding:12px 22px;font-size:16px;line-height:24px;font-weight:600;color:#ffffff;background:#1b6152;border-radius:8px;text-decoration:none">${escapeHtml(label)}</a></p>
<p class="quiet" style="margin:0 0 20px;font-size:13px;line-height:20px;color:#625d54;overflow-wrap:anywhere">Or open this address: <a class="link" href="${href}" style="color:#1b6152">${href}</a></p>`;
}

function escapeHtml(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
