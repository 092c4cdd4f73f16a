import { expect, test } from "bun:test";
import { type Command, findCommands } from "./command.ts";

function command(label: string, about = ""): Command {
  return { id: label, label, about, hint: "", icon: "dot", run: () => undefined };
}

const ALL = [
  command("Users", "accounts"),
  command("Block an address", "ip"),
  command("ann", "a@b.c"),
];

function find(typed: string): readonly string[] {
  return findCommands(ALL, typed).map(({ label }) => label);
}

test("findCommands() wants every word to begin a word of the command", () => {
  expect(find("block addr")).toEqual(["Block an address"]);
  expect(find("lock")).toEqual([]);
  expect(find("ip")).toEqual(["Block an address"]);
  expect(find("")).toHaveLength(3);
});

test("findCommands() finds an address as a whole, and by its parts", () => {
  const all = [command("Block 203.0.113.7…"), command("bob", "bob@example.com")];
  for (const typed of ["203.0.113.7", "block 203.0", "113"]) {
    expect(findCommands(all, typed).map(({ label }) => label)).toEqual(["Block 203.0.113.7…"]);
  }
  expect(findCommands(all, "bob@example").map(({ label }) => label)).toEqual(["bob"]);
});

test("findCommands() shows those first that begin as is typed", () => {
  expect(find("a")).toEqual(["ann", "Block an address", "Users"]);
});
