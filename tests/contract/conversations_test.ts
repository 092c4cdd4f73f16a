import { afterAll, beforeAll, expect, test } from "bun:test";
import { join, startConversation } from "../support/chat_room.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
let ada: Account;
let bob: Account;
let eve: Account;
const PATH = "/api/v1/conversations";

beforeAll(async () => {
  deployment = await openDeployment();
  [ada, bob, eve] = await Promise.all([
    deployment.newAccount(),
    deployment.newAccount(),
    deployment.newAccount(),
  ]);
});

afterAll(async () => {
  await deployment.close();
});

async function post(account: Account, room: string, texts: readonly string[]): Promise<void> {
  await using socket = await join(deployment, room, { browser: account.browser });
  for (const text of texts) {
    const id = crypto.randomUUID();
    socket.send({ type: "message", id, text });
    await socket.until((frame) => frame.type === "ack" && frame["id"] === id);
  }
}

test("a conversation is made with its members, its maker among them", async () => {
  const body = { title: " Gate ", members: [bob.username.toUpperCase(), bob.username] };
  const made = await ada.browser.post(PATH, body);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    id: expect.any(String),
    title: "Gate",
    made_by: ada.id,
    member_count: 2,
    seq: 0,
    read_seq: 0,
    unread: 0,
    last_message: null,
    // In the order in which the two signed up, which was at once.
    members: [ada, bob]
      .toSorted((one, other) => Number(one.id) - Number(other.id))
      .map(({ id, username }) => ({ id, username })),
    created_at: expect.stringMatching(/\.\d{3}Z$/),
  });
});

test("a title that is empty or too long, and a member who does not exist, are 422", async () => {
  for (const title of ["", "   ", "x".repeat(101), "\ud800"]) {
    const refused = await ada.browser.post(PATH, { title, members: [] });
    expectProblem(refused, "invalid_request");
  }
  const refused = await ada.browser.post(PATH, {
    title: "x",
    members: ["nobody-here", bob.username],
  });
  expect(refused.json).toMatchObject({ errors: [{ path: "members" }] });
});

test("names that are no Unicode, and very many, are refused (crash of the database client)", async () => {
  for (const members of [["\ud800"], ["\u0000"], Array.from({ length: 201 }, () => "x")]) {
    expectProblem(await ada.browser.post(PATH, { title: "x", members }), "invalid_request");
  }
});

test("the list has the latest active first, with last message and unread count, page by page", async () => {
  const someone = await deployment.newAccount();
  const rooms: string[] = [];
  for (let each = 0; each < 3; each += 1) rooms.push(await startConversation(someone, [bob]));
  const [first = ""] = rooms;
  await post(bob, first, ["one", "two"]);
  const seen: unknown[] = [];
  let cursor = "";
  do {
    const page = await someone.browser.get(`${PATH}?limit=2${cursor}`);
    const { items, next } = page.json as { items: unknown[]; next: string | null };
    seen.push(...items);
    cursor = next === null ? "" : `&cursor=${next}`;
  } while (cursor !== "");
  expect(seen).toHaveLength(3);
  expect(seen[0]).toMatchObject({
    id: first,
    seq: 2,
    unread: 2,
    last_message: { seq: 2, text: "two", user: { id: bob.id, username: bob.username } },
  });
  const mine = await bob.browser.get(`${PATH}?limit=1`);
  expect(mine.json).toMatchObject({ items: [{ id: first, unread: 0 }] });
});

test("a read marker goes forward only, and never past the newest message", async () => {
  const room = await startConversation(ada, [bob]);
  await post(ada, room, ["1", "2", "3"]);
  for (const [seq, stands] of [
    [2, 2],
    [1, 2],
    [99, 3],
  ] as const) {
    const marked = await bob.browser.post(`${PATH}/${room}/read`, { seq });
    expect(marked.json).toEqual({ read_seq: stands });
  }
  expectProblem(await bob.browser.post(`${PATH}/${room}/read`, { seq: -1 }), "invalid_request");
});

test("members rename and add; only the maker removes others; everybody may leave", async () => {
  const room = await startConversation(ada, [bob]);
  const renamed = await bob.browser.request("PATCH", `${PATH}/${room}`, { body: { title: "New" } });
  expect(renamed.json).toMatchObject({ title: "New" });
  const added = await bob.browser.post(`${PATH}/${room}/members`, { members: [eve.username] });
  expect(added.json).toMatchObject({ member_count: 3 });
  expectProblem(
    await eve.browser.request("DELETE", `${PATH}/${room}/members/${bob.id}`),
    "forbidden",
  );
  expect((await ada.browser.request("DELETE", `${PATH}/${room}/members/${eve.id}`)).status).toBe(
    204,
  );
  expectProblem(
    await ada.browser.request("DELETE", `${PATH}/${room}/members/${eve.id}`),
    "not_found",
  );
  for (const { browser } of [bob, ada]) {
    expect((await browser.request("DELETE", `${PATH}/${room}`)).status).toBe(204);
  }
  expect(deployment.sql("SELECT 1 FROM conversations WHERE id = ?", room)).toEqual([]);
});

test("whoever is no member is answered as where there is none, by every call", async () => {
  const room = await startConversation(ada);
  for (const id of [room, crypto.randomUUID(), "x"]) {
    const calls = [
      ["GET", `${PATH}/${id}`],
      ["PATCH", `${PATH}/${id}`, { title: "x" }],
      ["DELETE", `${PATH}/${id}`],
      ["POST", `${PATH}/${id}/members`, { members: [eve.username] }],
      ["DELETE", `${PATH}/${id}/members/${ada.id}`],
      ["POST", `${PATH}/${id}/read`, { seq: 0 }],
    ] as const;
    for (const [method, path, body] of calls) {
      const answer = await eve.browser.request(method, path, body === undefined ? {} : { body });
      expectProblem(answer, "not_found");
    }
  }
});
