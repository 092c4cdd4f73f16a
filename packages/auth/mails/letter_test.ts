import { expect, test } from "bun:test";
import { type Letter, packLetter, unpackLetter } from "./letter.ts";

test("unpackLetter() gives back what packLetter() took", () => {
  const letter: Letter = {
    to: "ana@example.com",
    mail: { kind: "verify_email", token: "t", lifeMs: 1_000 },
  };
  expect(unpackLetter(packLetter(letter))).toEqual({ ok: true, value: letter });
});

test.each([
  ["a kind of a later version", '{"to":"a@example.com","mail":{"kind":"love_letter"}}'],
  ["a kind that every object has", '{"to":"a@example.com","mail":{"kind":"toString"}}'],
  ["no recipient", '{"mail":{"kind":"signup_existing"}}'],
  ["no mail", '{"to":"a@example.com","mail":null}'],
  ["no object", "null"],
])("unpackLetter() refuses %s", (_name, text) => {
  expect(unpackLetter(text)).toEqual({ ok: false, error: { code: "unknown_letter" } });
});
