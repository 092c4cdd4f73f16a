import { describe, expect, test } from "bun:test";
import { days, epochMs, hours, minutes } from "@postern/std";
import type { Mail, MailKind, Occasion } from "./mail.ts";
import { renderMail } from "./render_mail.ts";

const PUBLIC_URL = "https://id.example.com";
const TOKEN = "Zm9vYmFyLXRva2VuLTAxMjM0NTY3ODlfYWJj";

function mailsWith(text: string): readonly Mail[] {
  const occasion: Occasion = { at: epochMs(1_795_495_260_000), ip: text, device: text };
  return [
    { kind: "verify_email", token: TOKEN, lifeMs: hours(24) },
    { kind: "signup_existing" },
    { kind: "reset_password", username: text, token: TOKEN, lifeMs: minutes(30) },
    { kind: "password_changed", username: text, ...occasion },
    { kind: "email_change_confirm", token: TOKEN, lifeMs: hours(24) },
    {
      kind: "email_change_notice",
      username: text,
      newEmail: text,
      token: TOKEN,
      lifeMs: days(7),
      ...occasion,
    },
    { kind: "refresh_reuse", username: text, ...occasion },
    { kind: "invitation", token: TOKEN, lifeMs: days(7) },
  ];
}

function urlsIn(text: string): string[] {
  return [...new Set(text.match(/[a-z][a-z+.-]*:\/\/[^\s"<>]+/g))].sort();
}

const LINKS: Readonly<Record<MailKind, readonly string[]>> = {
  verify_email: [`/verify-email#token=${TOKEN}`],
  signup_existing: ["/forgot-password", "/login"],
  invitation: [`/invitation#token=${TOKEN}`],
  reset_password: [`/reset-password#token=${TOKEN}`],
  password_changed: ["/forgot-password"],
  email_change_confirm: [`/verify-email#token=${TOKEN}`],
  email_change_notice: [`/undo-email#token=${TOKEN}`],
  refresh_reuse: ["/account", "/forgot-password"],
};

describe.each(mailsWith("ana"))("renderMail() of $kind", (mail) => {
  const { subject, text, html } = renderMail(mail, PUBLIC_URL);

  test("links to PUBLIC_URL alone, in text and HTML alike", () => {
    const links = LINKS[mail.kind].map((path) => `${PUBLIC_URL}${path}`);
    expect(urlsIn(text)).toEqual(links);
    expect(urlsIn(html)).toEqual([PUBLIC_URL, ...links]);
  });

  test("says everything in the text that the HTML says", () => {
    const shown = html
      .slice(html.indexOf("<h1"))
      .replace(/<dt[^>]*>([^<]*)<\/dt><dd[^>]*>/g, "$1: ")
      .replace(/<[^>]+>/g, "\n")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const [title, ...rest] = shown;
    expect(title).toBeString();
    for (const line of rest.slice(0, -3)) {
      expect(text).toContain(line.replace(/^Or open this address:$/, ""));
    }
    expect(rest.length).toBeGreaterThan(5);
  });

  test("has one line of subject that names the host", () => {
    expect(subject).toContain("id.example.com");
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThan(70);
  });

  test("fetches nothing when it is opened (tracking)", () => {
    expect(html).not.toMatch(
      /<(?:img|link|script|iframe|object|video|audio|form)\b|url\(|@import|src=/i,
    );
  });

  test("takes a PUBLIC_URL with a slash at its end", () => {
    expect(renderMail(mail, `${PUBLIC_URL}/`)).toEqual({ subject, text, html });
  });
});

test("renderMail() escapes what others wrote (markup in a name, device or address)", () => {
  const hostile = `"><img src=x onerror=alert(1)>&'`;
  for (const mail of mailsWith(hostile)) {
    const { html } = renderMail(mail, PUBLIC_URL);
    expect(html).not.toContain("<img");
  }
  const { html } = renderMail(mailsWith(hostile)[6] ?? { kind: "signup_existing" }, PUBLIC_URL);
  expect(html.match(/&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;&amp;&#39;/g)).toHaveLength(3);
});

test("renderMail() keeps what others wrote on its line (forged lines and headers)", () => {
  const forged = "ana\r\nBcc: eve@example.com\u2028\u202e\u0000End";
  for (const mail of mailsWith(forged)) {
    const { subject, text, html } = renderMail(mail, PUBLIC_URL);
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(text).not.toMatch(/^Bcc/m);
    expect(text).not.toMatch(/[\r\p{Cf}\p{Zl}]/u);
    expect(text).not.toContain("\0");
    expect(html).not.toMatch(/[\r\p{Cf}\p{Zl}]/u);
    expect(html).not.toContain("\0");
  }
});

test("renderMail() cuts what others wrote where it is long", () => {
  for (const mail of mailsWith("😀".repeat(5_000))) {
    const { text, html } = renderMail(mail, PUBLIC_URL);
    expect(text.isWellFormed()).toBe(true);
    expect(html.length).toBeLessThan(10_000);
  }
});

test("mails to addresses that strangers can name hold nothing that anybody wrote (phishing by username)", () => {
  const strangers: readonly MailKind[] = [
    "verify_email",
    "signup_existing",
    "email_change_confirm",
    "invitation",
  ];
  for (const mail of mailsWith("evil.example")) {
    const { subject, text, html } = renderMail(mail, PUBLIC_URL);
    const holds = `${subject}${text}${html}`.includes("evil.example");
    expect(holds).toBe(!strangers.includes(mail.kind));
  }
});

test("renderMail() says how long a link works, and when and where something was done", () => {
  const texts = mailsWith("Firefox on Linux").map((mail) => renderMail(mail, PUBLIC_URL).text);
  expect(texts[0]).toContain("within 24 hours.");
  expect(texts[2]).toContain("within 30 minutes.");
  expect(texts[5]).toContain("within 7 days.");
  for (const text of [texts[3], texts[5], texts[6]]) {
    expect(text).toContain(
      "When: 24 November 2026, 04:41 UTC\nDevice: Firefox on Linux\nNetwork address: Firefox on Linux\n",
    );
  }
});

test("renderMail() leaves out a device and an address that are not known", () => {
  const mail: Mail = {
    kind: "password_changed",
    username: "ana",
    at: epochMs(0),
    ip: null,
    device: null,
  };
  const { text } = renderMail(mail, PUBLIC_URL);
  expect(text).toContain("When: 1 January 1970, 00:00 UTC\n\n");
  expect(text).not.toContain("Device");
  expect(text).not.toContain("Network address");
});
