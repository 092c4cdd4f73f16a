import { expect, test } from "bun:test";
import { importsOf, scriptsOfPage } from "./script.ts";

test("scriptsOfPage() finds what runs and what is loaded early", () => {
  const html = `<!doctype html><head><link rel="stylesheet" href="/a.css">
    <link rel="modulepreload" href="/assets/login-1.js"><link href=/assets/b.js rel=modulepreload>
    <script>inline()</script><script nonce="n" type="module" src="/assets/main-2.js"></script></head>`;
  expect(scriptsOfPage(html)).toEqual(["/assets/login-1.js", "/assets/b.js", "/assets/main-2.js"]);
});

test("importsOf() finds static imports, and no dynamic ones", () => {
  const script = `import{a}from"./chunk-1.js";import"./chunk-2.js";import("./later.js");
    export{x} from './chunk-3.js';import b from "/assets/chunk-4.js";const from="./no";`;
  expect(importsOf(script)).toEqual([
    "./chunk-1.js",
    "./chunk-2.js",
    "./chunk-3.js",
    "/assets/chunk-4.js",
  ]);
});
