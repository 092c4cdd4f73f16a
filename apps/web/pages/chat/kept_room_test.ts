import { expect, test } from "bun:test";
import { keptRoom } from "./kept_room.ts";

test("keptRoom() keeps what one user wrote in one conversation, and shows it to nobody else", () => {
  keptRoom("1", "a").draft = "half a thought";
  expect(keptRoom("1", "a").draft).toBe("half a thought");
  expect(keptRoom("1", "b").draft).toBe("");
  expect(keptRoom("2", "a").draft).toBe("");
});
