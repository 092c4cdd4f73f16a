import { expect } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestConsole } from "../support/electron/open_console.ts";
import { addServer, letIn, pair, whenConsole } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

/** Everything that a console has written. */
async function writtenBy({ folder }: TestConsole): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

function listUsers(console: TestConsole) {
  return console.verb("request", { type: "query", path: "users.list", input: {} });
}

journey("a fresh console is let into a server through the page that asks", async () => {
  await using paired = await pair(stage());
  const { console, person, account } = paired;
  expect(await person.page.getByRole("heading").textContent()).toBe("Return to the console");
  expect(await console.verb("state")).toMatchObject({
    session: { username: account.username, role: "owner" },
    storage: "encrypted",
    signingIn: false,
  });
  const input = { query: `user:${account.username}` };
  const users = await console.verb("request", { type: "query", path: "users.list", input });
  expect(users).toMatchObject({ ok: true, data: { items: [{ username: account.username }] } });
});

journey("a console that is started anew is still signed in, and asks nobody", async () => {
  await using paired = await pair(stage());
  const { console, account } = paired;
  await console.restart();
  expect(await console.verb("state")).toMatchObject({ session: { username: account.username } });
  expect((await listUsers(console)).ok).toBe(true);
  await console.restart();
  expect((await listUsers(console)).ok).toBe(true);
});

journey(
  "where the system keeps no secrets, nothing is written and a restart signs out",
  async () => {
    await using paired = await pair(stage(), { console: { keyring: "basic_text" } });
    const { console } = paired;
    expect(await console.verb("state")).toMatchObject({ storage: "memory" });
    expect((await listUsers(console)).ok).toBe(true);
    const written = await readdir(console.folder, { recursive: true });
    expect(written.sort()).toEqual(["userData", "userData/profiles.json"]);
    await console.restart();
    expect(await console.verb("state")).toMatchObject({ session: null, connection: "signed_out" });
    expect(await listUsers(console)).toMatchObject({ ok: false, error: { code: "signed_out" } });
  },
);

journey(
  "signing out ends the console's session at the server, and removes what was kept",
  async () => {
    await using paired = await pair(stage());
    const { console, account } = paired;
    const sessions = () =>
      stage().deployment.sql(
        "SELECT id FROM sessions WHERE kind = 'console' AND ended_at IS NULL AND user_id = ?",
        account.id,
      );
    expect(sessions()).toHaveLength(1);
    await console.verb("signOut");
    expect(sessions()).toHaveLength(0);
    expect(await readdir(join(console.folder, "userData/sessions"))).toEqual([]);
    expect(await listUsers(console)).toMatchObject({ ok: false, error: { code: "signed_out" } });
  },
);

journey(
  "a session that the server has ended is over in the console with the next call",
  async () => {
    await using paired = await pair(stage());
    const { console, account } = paired;
    const ended = await stage().deployment.admin("users", "sign-out", account.username, "--json");
    expect(ended.exitCode).toBe(0);
    // What the page follows may have told of it first; then nobody is signed in.
    const refused = await listUsers(console);
    expect(refused.ok ? "ok" : refused.error.code).toBeOneOf(["session_ended", "signed_out"]);
    await whenConsole(console, ({ session }) => session === null);
  },
);

journey(
  "what is refused in the browser, or cancelled in the console, signs nobody in",
  async () => {
    await using paired = await pair(stage());
    const { console, person } = paired;
    const refused = console.verb("signIn");
    await person.page.goto(await console.electron.nextAddress());
    await person.page.getByRole("button", { name: "Deny" }).click();
    expect(await refused).toMatchObject({ ok: false, error: { code: "access_denied" } });
    const cancelled = console.verb("signIn");
    const address = await console.electron.nextAddress();
    expect(await console.verb("state")).toMatchObject({ signingIn: true });
    await console.verb("cancelSignIn");
    expect(await cancelled).toMatchObject({ ok: false, error: { code: "cancelled" } });
    const { searchParams } = new URL(address);
    const redirect = searchParams.get("redirect_uri") ?? "";
    await expect(fetch(redirect)).rejects.toThrow();
  },
);

journey("a production server is read-only until changes are allowed", async () => {
  await using paired = await pair(stage(), { production: true });
  const { console } = paired;
  const input = { id: "signed_in", count: 1_000 };
  const change = () => console.verb("request", { type: "mutation", path: "limits.update", input });
  expect(await console.verb("state")).toMatchObject({ readOnly: true });
  expect(await change()).toMatchObject({ ok: false, error: { code: "read_only" } });
  expect((await listUsers(console)).ok).toBe(true);
  await console.verb("setWritable", true);
  expect((await change()).ok).toBe(true);
  await console.restart();
  expect(await change()).toMatchObject({ ok: false, error: { code: "read_only" } });
});

journey("a dangerous call is confirmed in the browser, and only that very call, once", async () => {
  await using paired = await pair(stage());
  const { console, person, account } = paired;
  const other = await stage().deployment.newAccount();
  stage().deployment.sql(
    "UPDATE sessions SET signed_in_at = signed_in_at - 600000 WHERE kind = 'console' AND user_id = ?",
    account.id,
  );
  const path = "users.setRole";
  const setRole = (role: string) =>
    console.verb("request", { type: "mutation", path, input: { id: other.id, role } });
  const stale = { ok: false, error: { code: "step_up_required" } };
  expect(await setRole("support")).toMatchObject(stale);
  const input = { role: "support", id: other.id };
  const confirmed = console.verb("stepUp", { path, input, title: "Change a role" });
  const address = await console.electron.nextAddress();
  await person.page.goto(address);
  const asked = person.page.getByText(`${other.username} (${other.email})`);
  await asked.waitFor();
  await letIn(person, address, account);
  expect(await confirmed).toEqual({ ok: true, data: null });
  expect(await setRole("owner")).toMatchObject(stale);
  expect(await setRole("support")).toMatchObject({ ok: true });
  expect(await setRole("support")).toMatchObject(stale);
});

journey("no token is written in the clear, and none reaches the page", async () => {
  await using paired = await pair(stage());
  const { console, account } = paired;
  const written = await writtenBy(console);
  expect(written).toContain("Home");
  expect(written).not.toContain("eyJ");
  expect(written).not.toContain(account.username);
  const state = JSON.stringify(await console.verb("state"));
  expect(state).not.toContain("eyJ");
  const storage = await console.page.evaluate(
    "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])",
  );
  expect(storage).not.toContain("eyJ");
});

journey(
  "tokens stay with the server that gave them: a profile that moves is signed out",
  async () => {
    await using paired = await pair(stage());
    const { console } = paired;
    const { profiles, currentId } = await console.verb("state");
    const [profile] = profiles;
    if (profile === undefined || currentId === null) throw new Error("There is no profile");
    const moved = { ...profile, url: "http://localhost:9" };
    expect((await console.verb("saveProfile", moved)).ok).toBe(true);
    expect(await console.verb("state")).toMatchObject({ session: null });
    expect(await listUsers(console)).toMatchObject({ error: { code: "signed_out" } });
    expect(await console.verb("signIn")).toMatchObject({ error: { code: "offline" } });
  },
);

journey("a server that describes another one's sign-in is not believed (mix-up)", async () => {
  const { publicUrl } = stage().deployment.server;
  using evil = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const honest = await (await fetch(`${publicUrl}${pathname}`)).json();
      const own = new URL(request.url).origin;
      return Response.json({ ...(honest as object), token_endpoint: `${own}/oauth/token` });
    },
  });
  await using console = await stage().console();
  await addServer(console, { url: evil.url.origin });
  const signedIn = console.verb("signIn");
  const address = await console.electron.nextAddress();
  // The issuer was asked itself: its page is opened, and its token endpoint will be called.
  expect(address.startsWith(`${publicUrl}/oauth/authorize?`)).toBe(true);
  await console.verb("cancelSignIn");
  await signedIn;
});
