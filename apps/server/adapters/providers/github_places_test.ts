import { expect, test } from "bun:test";
import { githubPlaces } from "./github_places.ts";

test("the Cloud has its API on a host of its own", () => {
  expect(githubPlaces({ issuer: "https://github.com" })).toEqual({
    authorize: "https://github.com/login/oauth/authorize",
    token: "https://github.com/login/oauth/access_token",
    api: "https://api.github.com",
    issuer: "https://github.com/login/oauth",
  });
  expect(githubPlaces({ issuer: "https://octocorp.ghe.com/" }).api).toBe(
    "https://api.octocorp.ghe.com",
  );
});

test("a Server has it under its pages", () => {
  expect(githubPlaces({ issuer: "https://git.example.org:8443" })).toEqual({
    authorize: "https://git.example.org:8443/login/oauth/authorize",
    token: "https://git.example.org:8443/login/oauth/access_token",
    api: "https://git.example.org:8443/api/v3",
    issuer: "https://git.example.org:8443/login/oauth",
  });
  expect(githubPlaces({ issuer: "https://evil-github.com" }).api).toBe(
    "https://evil-github.com/api/v3",
  );
});
