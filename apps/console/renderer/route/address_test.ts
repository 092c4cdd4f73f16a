import { expect, test } from "bun:test";
import { addressText, parseAddress, placeOf } from "./address.ts";

test("parseAddress() reads what addressText() writes, whatever stands in the query", () => {
  for (const query of ["", "user:ann since:2h", 'user:"a&b=c" #?', "ü 100%"]) {
    const address = placeOf("sessions", query, query === "" ? null : "7/8");
    expect(parseAddress(addressText(address))).toEqual(address);
  }
});

test("parseAddress() takes an address that it does not know for the home", () => {
  expect(parseAddress("")).toEqual(placeOf("home"));
  expect(parseAddress("#/nowhere?q=x")).toEqual(placeOf("home", "x"));
});
