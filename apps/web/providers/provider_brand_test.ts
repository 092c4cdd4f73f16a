import { expect, test } from "bun:test";
import { brandOf } from "./provider_brand.ts";

test("brandOf() goes by the kind before the id and the name", () => {
  expect(brandOf({ id: "work", kind: "github", name: "Google look-alike" })).toBe("github");
  expect(brandOf({ id: "gitlab", kind: "google", name: "GitLab" })).toBe("google");
});

test("brandOf() knows an OpenID provider by its id, or by the first word of its name", () => {
  expect(brandOf({ id: "microsoft", kind: "oidc", name: "Work account" })).toBe("microsoft");
  expect(brandOf({ id: "sso", kind: "oidc", name: "GitLab at work" })).toBe("gitlab");
  expect(brandOf({ id: "sso", kind: "oidc", name: "  Discord" })).toBe("discord");
});

test("brandOf() lends nobody a mark for a part of a word, or a word in passing", () => {
  for (const name of ["Applegate", "Sign in by Google", "Not-Apple", "", "constructor"]) {
    expect(brandOf({ id: "sso", kind: "oidc", name })).toBe("other");
  }
});
