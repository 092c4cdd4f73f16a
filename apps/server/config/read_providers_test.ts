import { expect, test } from "bun:test";
import { createEnvReader, type Env } from "./env_reader.ts";
import { readProviders } from "./read_providers.ts";
import { readPublicUrl } from "./read_public_url.ts";

function providers(env: Env) {
  const reader = createEnvReader(env);
  const seeds = readProviders(reader, readPublicUrl(reader, 8_000));
  return { seeds, problems: reader.problems };
}

function blamed(env: Env): readonly string[] {
  return providers(env).problems.map((problem) => problem.slice(0, problem.indexOf(":")));
}

const GOOGLE = { GOOGLE_CLIENT_ID: "g-id", GOOGLE_CLIENT_SECRET: "g-secret" };
const GITHUB = { GITHUB_CLIENT_ID: "h-id", GITHUB_CLIENT_SECRET: "h-secret" };
const ACME = {
  OIDC_ACME_ISSUER: "https://login.acme.example/realms/main",
  OIDC_ACME_CLIENT_ID: "a-id",
  OIDC_ACME_CLIENT_SECRET: "a-secret",
};

test("readProviders() reads Google and GitHub with their own addresses", () => {
  expect(providers({ ...GITHUB, ...GOOGLE })).toEqual({
    seeds: [
      {
        id: "google",
        kind: "google",
        issuer: "https://accounts.google.com",
        clientId: "g-id",
        clientSecret: "g-secret",
        scopes: undefined,
      },
      {
        id: "github",
        kind: "github",
        issuer: "https://github.com",
        clientId: "h-id",
        clientSecret: "h-secret",
        scopes: undefined,
      },
    ],
    problems: [],
  });
});

test("readProviders() reads other addresses for them", () => {
  const { seeds } = providers({
    ...GOOGLE,
    ...GITHUB,
    GOOGLE_ISSUER: "http://127.0.0.1:9000",
    GITHUB_URL: "https://github.acme.example",
  });
  expect(seeds.map(({ issuer }) => issuer)).toEqual([
    "http://127.0.0.1:9000",
    "https://github.acme.example",
  ]);
});

test("readProviders() reads any further provider, its name in lower case as its id", () => {
  const { seeds, problems } = providers({
    ...ACME,
    OIDC_ACME_SCOPES: "openid email,groups",
    OIDC_MY_IDP_ISSUER: "https://idp.example/",
    OIDC_MY_IDP_CLIENT_ID: "m-id",
    OIDC_MY_IDP_CLIENT_SECRET: "m-secret",
  });
  expect(problems).toEqual([]);
  expect(seeds).toEqual([
    {
      id: "acme",
      kind: "oidc",
      issuer: "https://login.acme.example/realms/main",
      clientId: "a-id",
      clientSecret: "a-secret",
      scopes: ["openid", "email", "groups"],
    },
    {
      id: "my_idp",
      kind: "oidc",
      issuer: "https://idp.example/",
      clientId: "m-id",
      clientSecret: "m-secret",
      scopes: undefined,
    },
  ]);
});

test("readProviders() wants id and secret together", () => {
  expect(blamed({ GOOGLE_CLIENT_ID: "id" })).toEqual(["GOOGLE_CLIENT_SECRET"]);
  expect(blamed({ GITHUB_CLIENT_SECRET: "secret" })).toEqual(["GITHUB_CLIENT_ID"]);
  expect(blamed({ OIDC_ACME_ISSUER: ACME.OIDC_ACME_ISSUER })).toEqual([
    "OIDC_ACME_CLIENT_ID",
    "OIDC_ACME_CLIENT_SECRET",
  ]);
  expect(blamed({ ...ACME, OIDC_ACME_ISSUER: "" })).toEqual(["OIDC_ACME_ISSUER"]);
});

test("readProviders() takes http of this machine alone, and not where we are https (stripped TLS)", () => {
  const https = { PUBLIC_URL: "https://id.example.org" };
  const here = { ...ACME, OIDC_ACME_ISSUER: "http://localhost:9000" };
  const elsewhere = { ...ACME, OIDC_ACME_ISSUER: "http://login.acme.example" };
  expect(blamed(here)).toEqual([]);
  expect(blamed({ ...here, ...https })).toEqual(["OIDC_ACME_ISSUER"]);
  expect(blamed(elsewhere)).toEqual(["OIDC_ACME_ISSUER"]);
  expect(blamed({ ...elsewhere, ...https })).toEqual(["OIDC_ACME_ISSUER"]);
});

test.each([
  "login.acme.example",
  "ftp://login.acme.example",
  "https://login.acme.example?x",
  "https://login.acme.example#x",
  "https://user:pw@login.acme.example",
  "https://",
  "https://login acme.example",
])("readProviders() refuses the issuer %p", (OIDC_ACME_ISSUER) => {
  expect(blamed({ ...ACME, OIDC_ACME_ISSUER })).toEqual(["OIDC_ACME_ISSUER"]);
});

test("readProviders() refuses scopes without openid, or that are none", () => {
  for (const scopes of ["email profile", 'openid "x"', "openid\\x", "öpenid"]) {
    expect(blamed({ ...ACME, OIDC_ACME_SCOPES: scopes })).toEqual(["OIDC_ACME_SCOPES"]);
  }
});

test("readProviders() refuses names that cannot be an id (two providers with one)", () => {
  for (const name of ["GOOGLE", "GITHUB", "1ST", "_X", "A".repeat(33)]) {
    const env = {
      [`OIDC_${name}_ISSUER`]: "https://x.example",
      [`OIDC_${name}_CLIENT_ID`]: "id",
      [`OIDC_${name}_CLIENT_SECRET`]: "secret",
    };
    expect(blamed(env)).toEqual([`OIDC_${name}_…`]);
  }
});

test("readProviders() refuses ids and secrets with blanks", () => {
  expect(blamed({ ...GOOGLE, GOOGLE_CLIENT_ID: "a b" })).toEqual(["GOOGLE_CLIENT_ID"]);
  expect(blamed({ ...GOOGLE, GOOGLE_CLIENT_SECRET: "a\nb" })).toEqual(["GOOGLE_CLIENT_SECRET"]);
});
