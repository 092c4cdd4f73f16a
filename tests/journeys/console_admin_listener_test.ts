import { expect } from "bun:test";
import { pair, whenConsole } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

journey("a console calls the listener for administration, and signs in at PUBLIC_URL", async () => {
  const { deployment } = stage();
  const free = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = free;
  await free.stop(true);
  await deployment.restart({ ADMIN_LISTEN: `127.0.0.1:${port}` });
  const url = `http://127.0.0.1:${port}`;
  await using paired = await pair(stage(), { url });
  const { console } = paired;
  const call = { type: "query", path: "users.list", input: {} } as const;
  expect((await console.verb("request", call)).ok).toBe(true);
  await whenConsole(console, ({ connection }) => connection === "online");
  await console.restart();
  expect((await console.verb("request", call)).ok).toBe(true);
});
