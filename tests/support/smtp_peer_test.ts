import { afterEach, beforeEach, expect, test } from "bun:test";
import { connect } from "node:net";
import { type SmtpPeer, startSmtpPeer } from "./smtp_peer.ts";

let peer: SmtpPeer;

beforeEach(async () => {
  peer = await startSmtpPeer();
});

afterEach(async () => {
  await peer.close();
});

const MAIL = [
  "From: Postern <postern@localhost>",
  "To: ada@example.com",
  "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=",
  "MIME-Version: 1.0",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Hello</p>",
];

/** Speaks SMTP by hand. Answers the reply codes, up to the end of the connection. */
function send(to: string): Promise<string[]> {
  const lines = ["EHLO me", "MAIL FROM:<postern@localhost>", `RCPT TO:<${to}>`, "DATA"];
  const steps = [...lines, [...MAIL, "."].join("\r\n"), "QUIT"];
  return new Promise((resolve) => {
    const codes: string[] = [];
    const socket = connect(Number(new URL(peer.url).port), "127.0.0.1");
    socket.on("data", (chunk) => {
      const code = /^(\d{3}) /m.exec(chunk.toString())?.[1];
      if (code === undefined) return;
      codes.push(code);
      socket.write(`${Number(code) >= 400 ? "QUIT" : (steps.shift() ?? "")}\r\n`);
    });
    socket.on("close", () => resolve(codes));
    socket.on("error", () => undefined);
  });
}

test("next() gives the mails to an address one by one, parsed", async () => {
  expect(await send("ada@example.com")).toEqual(["220", "250", "250", "250", "354", "250", "221"]);
  await send("eve@example.com");
  await send("ada@example.com");
  const mail = await peer.next("ada@example.com");
  expect(mail).toMatchObject({
    from: "postern@localhost",
    to: ["ada@example.com"],
    subject: "Grüße",
  });
  expect(mail.html).toContain("<p>Hello</p>");
  expect(mail.raw).toContain("Subject: =?utf-8?q?");
  expect(await peer.next("ada@example.com")).not.toBe(mail);
  await expect(peer.next("ada@example.com", 30)).rejects.toThrow("Waited 30 ms");
});

test("behave() refuses for good, or for now", async () => {
  peer.behave("refuse");
  expect((await send("ada@example.com")).slice(3)).toEqual(["550", "221"]);
  peer.behave("defer");
  expect((await send("ada@example.com")).slice(3)).toEqual(["451", "221"]);
  expect(peer.mails).toHaveLength(0);
  expect(peer.offered()).toBe(2);
});

test("behave() drops the connection before the mail, or after it without an answer", async () => {
  peer.behave("drop");
  expect(await send("ada@example.com")).toEqual(["220", "250", "250"]);
  expect(peer.mails).toHaveLength(0);
  peer.behave("drop_after_data");
  expect(await send("ada@example.com")).toEqual(["220", "250", "250", "250", "354"]);
  expect(peer.mails).toHaveLength(1);
});

test("behave() is slow when told so", async () => {
  peer.behave("accept", 60);
  const begin = performance.now();
  await send("ada@example.com");
  expect(performance.now() - begin).toBeGreaterThan(110);
});
