import { expect, test } from "bun:test";
import { readFormBody } from "./form_body.ts";

const FORM = "application/x-www-form-urlencoded";

async function read(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const all = { "Content-Type": FORM, ...headers };
  const request = new Request("http://localhost/", { method: "POST", body, headers: all });
  const form = await readFormBody(request);
  return form.ok ? form.value : form.error.code;
}

test("readFormBody() reads fields, and leaves out those without a value", async () => {
  expect(await read("a=1&b=x+y%20z&c=")).toEqual({ a: "1", b: "x y z" });
  expect(await read("")).toEqual({});
  expect(await read("a=1", { "Content-Type": `${FORM}; charset=UTF-8` })).toEqual({ a: "1" });
  expect(await read("__proto__=1&constructor=2")).toEqual(
    Object.fromEntries([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]),
  );
});

test("readFormBody() refuses a field that comes twice (parameter pollution)", async () => {
  expect(await read("code=a&code=b")).toBe("malformed_request");
  expect(await read("code=&code=b")).toBe("malformed_request");
});

test("readFormBody() takes nothing that is not declared a form in UTF-8", async () => {
  for (const type of [
    "application/json",
    "text/plain",
    `${FORM}; charset=latin1`,
    "multipart/form-data",
  ]) {
    expect(await read("a=1", { "Content-Type": type })).toBe("unsupported_media_type");
  }
  expect(await read("a=1", { "Content-Encoding": "gzip" })).toBe("unsupported_media_type");
  expect(await read(new Uint8Array([0x61, 0x3d, 0xff]))).toBe("malformed_request");
  expect(await read(`a=${"x".repeat(70_000)}`)).toBe("too_large");
});
