import { expect, test } from "bun:test";
import { addressText, placeOf } from "./address.ts";
import { placeIn } from "./place_in.ts";

const SESSION = "01a20e53-f906-756d-b2aa-291245931ec2";

test("placeIn() reads links as they are copied", () => {
  for (const place of [placeOf("users", "", "7"), placeOf("audit", 'ip:::1 "a b"', "20")]) {
    expect(placeIn(` ${addressText(place)} `)).toEqual(place);
  }
});

test("placeIn() takes numbers for events, and the ids of sessions for sessions", () => {
  for (const text of ["20", "#20", "event 20"]) expect(placeIn(text)?.open).toBe("20");
  expect(placeIn(SESSION.toUpperCase())).toEqual(placeOf("sessions", "", SESSION));
  for (const text of ["", "0", "ann", "1.2.3.4", "# 20", "https://x/#/users"]) {
    expect(placeIn(text)).toBe(null);
  }
});
