import { expect, test } from "bun:test";
import { type AboutUser, resemblesUser } from "./resembles_user.ts";

const ALICE: AboutUser = {
  username: "alice_wonder",
  email: "alice.liddell@looking-glass.example",
  name: "Alice Pleasance Liddell",
};

test.each([
  ["the username itself", "alice_wonder"],
  ["the username with an ending", "alice_wonder99"],
  ["the username in capitals", "ALICE_WONDER!"],
  ["the email address", "alice.liddell@looking-glass.example"],
  ["its local part", "alice.liddell1"],
  ["its domain", "looking-glass.example"],
  ["a part of its domain", "lookingglass1"],
  ["the name", "Alice Pleasance Liddell"],
  ["a part of the name, repeated", "liddellliddell"],
  ["a part of the name, mostly", "pleasance-42"],
  ["parts out of order", "wonder-of-alice"],
  ["parts of several", "liddell+wonder"],
  ["the name with a letter exchanged", "alice pleesance lidell"],
])("resemblesUser() refuses %s", (_, password) => {
  expect(resemblesUser(password, ALICE)).toBe(true);
});

test.each([
  ["unrelated words", "seven green kettles"],
  ["a short part in a long one", "alice likes seven green kettles"],
  ["the last label of the domain", "example for a kettle"],
  ["random characters", "x7$Kq!m2Zw#9"],
])("resemblesUser() accepts %s", (_, password) => {
  expect(resemblesUser(password, ALICE)).toBe(false);
});

test("resemblesUser() looks past accents, case and compatibility forms", () => {
  const jose = { name: "José Müller" };
  expect(resemblesUser("josemuller2024", jose)).toBe(true);
  expect(resemblesUser("ＪＯＳＥ ｍｕｌｌｅｒ", jose)).toBe(true);
  expect(resemblesUser("jose\u0301mu\u0308ller", jose)).toBe(true);
});

test("resemblesUser() knows nothing of attributes that are missing or empty", () => {
  expect(resemblesUser("seven green kettles", {})).toBe(false);
  expect(resemblesUser("seven green kettles", { username: "", email: "", name: null })).toBe(false);
  expect(resemblesUser("", ALICE)).toBe(false);
  expect(resemblesUser("\u0301\u0301", ALICE)).toBe(false);
});

test("resemblesUser() takes an email without @ or dot as words", () => {
  expect(resemblesUser("kettle-maker-1", { email: "kettlemaker" })).toBe(true);
  expect(resemblesUser("localhost-maker", { email: "a@localhost" })).toBe(true);
});

test("resemblesUser() passes 20,000 random passphrases for a user with long names", () => {
  const words = "kettle green seven lamp river stone wolf paper cloud winter copper garden".split(
    " ",
  );
  const about = {
    username: "maximilian.hohenstein",
    email: "maximilian.hohenstein@universitaetsbibliothek.example",
    name: "Maximilian Alexander von Hohenstein-Wittelsbach",
  };
  let refused = 0;
  let state = 1;
  for (let round = 0; round < 20_000; round += 1) {
    const picked: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      state = (state * 48_271) % 2_147_483_647;
      picked.push(words[state % words.length] ?? "");
    }
    if (resemblesUser(picked.join(" "), about)) refused += 1;
  }
  expect(refused).toBe(0);
});

test("resemblesUser() answers soon for the longest and worst of texts (denial of service)", () => {
  const worst = [
    "a".repeat(100_000),
    "ab".repeat(50_000),
    "\ufdfa".repeat(50_000),
    "abc ".repeat(25_000),
    "a\u0301".repeat(50_000),
    "𝔞".repeat(50_000),
    "\ud800".repeat(50_000),
    `${"a".repeat(127)} ${"a".repeat(128)}`,
  ];
  for (const password of worst) {
    for (const text of worst) {
      const start = process.cpuUsage();
      resemblesUser(password, { username: text, email: `${text}@${text}.${text}`, name: text });
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1_000).toBeLessThan(250);
    }
  }
});
