import { afterAll, beforeAll, expect, test } from "bun:test";
import type { UserId } from "@postern/auth";
import type { ConversationId } from "@postern/chat";
import { addUser, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";
import { createChatStore } from "./create_chat_store.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const chat = createChatStore(opened);
const id = "019a0000-0000-7000-8000-000000000001" as ConversationId;
let maker: UserId;
let member: UserId;
let other: UserId;

beforeAll(async () => {
  const names = ["maker", "member", "other"];
  const users = await Promise.all(names.map((name) => addUser(opened.store, newUser(name))));
  [maker, member, other] = users.map((user) => user.id) as [UserId, UserId, UserId];
  const members = [maker, member];
  await chat.createConversation({ id, title: "Gate", madeBy: maker, members, at: NOW });
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

test("whoever was put out just before renames nothing, and lets nobody in (race)", async () => {
  const [isRemoved, isRenamed, added] = await Promise.all([
    chat.removeMember(id, member),
    chat.renameConversation(id, "Mine", member),
    chat.addMembers(id, [other], { at: NOW, max: 10, by: member }),
  ]);
  expect([isRemoved, isRenamed, added]).toEqual([true, false, "not_a_member"]);
  const found = await chat.findConversation(id, maker);
  expect([found?.title, found?.members.map((one) => one.id)]).toEqual(["Gate", [maker]]);
});

test("addMembers() lets in as many as fit, or nobody", async () => {
  const by = maker;
  expect(await chat.addMembers(id, [member, other], { at: NOW, max: 2, by })).toBe("full");
  expect((await chat.findConversation(id, maker))?.members).toHaveLength(1);
  expect(await chat.addMembers(id, [member, other, maker], { at: NOW, max: 3, by })).toBe("added");
  expect((await chat.findConversation(id, maker))?.members).toHaveLength(3);
});
