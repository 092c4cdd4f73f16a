import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servePage } from "./serve_page.ts";

let folder: string;
let page: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "postern-page-"));
  page = join(folder, "renderer");
  await mkdir(page);
  await writeFile(join(folder, "main.js"), "secret");
  await writeFile(join(page, "index.html"), '<meta content="{{nonce}}">');
  await writeFile(join(page, "main.js"), "page");
  await writeFile(join(page, "inputs"), "stamp");
});

afterAll(() => rm(folder, { recursive: true }));

test("servePage() answers with files of the page, each with the policy", async () => {
  const answer = await servePage(page, new Request("app://console/main.js"));
  expect(await answer.text()).toBe("page");
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("servePage() gives each page a nonce of its own, the same as in its policy", async () => {
  const answers = [0, 1].map(() => servePage(page, new Request("app://console/index.html")));
  const nonces = await Promise.all(
    answers.map(async (answering) => {
      const answer = await answering;
      const nonce = /content="([^"]{20,})"/.exec(await answer.text())?.[1];
      expect(answer.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
      return nonce;
    }),
  );
  expect(new Set(nonces).size).toBe(2);
});

test("servePage() answers with nothing outside its folder (path traversal)", async () => {
  for (const path of [
    "..%2fmain.js",
    ".%2f..%2fmain.js",
    "renderer/main.js",
    "/etc/passwd",
    "//etc/passwd",
    "inputs",
    "",
    ".",
    "%00main.js",
    "main.js%00.html",
  ]) {
    const answer = await servePage(page, new Request(`app://console/${path}`));
    expect([path, answer.status]).toEqual([path, 404]);
  }
  for (const path of ["../main.js", "%2e%2e/main.js", "..\\main.js", "x/../../main.js"]) {
    const answer = await servePage(page, new Request(`app://console/${path}`));
    expect([path, await answer.text()]).toEqual([path, "page"]);
  }
  for (const address of ["app://other/main.js", "file:///main.js", "https://console/main.js"]) {
    expect((await servePage(page, new Request(address))).status).toBe(404);
  }
  const posted = new Request("app://console/main.js", { method: "POST" });
  expect((await servePage(page, posted)).status).toBe(404);
});
