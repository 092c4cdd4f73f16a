import { afterAll, beforeAll, expect, test } from "bun:test";
import type { OpenProvider } from "@postern/auth";
import { type GithubPeer, startGithubPeer } from "../../support/github_peer.ts";
import { type OidcPeer, type PeerPath, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  type ClientAtWork,
  clientAtWork,
  githubProvider,
  goAndComeBack,
  openidProvider,
} from "../../support/provider_visit.ts";
import {
  changed,
  hugely,
  redirectedTo,
  refused,
  replacedBy,
  typed,
} from "../../support/tampering.ts";

const SECRET = "canary-client-secret-0123456789";
const PREVIOUS = "canary-previous-secret-0123456789";
const SPOKEN = "canary-of-the-providers-own-words";

let peer: OidcPeer;
let github: GithubPeer;

beforeAll(async () => {
  peer = await startOidcPeer({ clientSecret: SECRET, hasClaimsInIdToken: false });
  peer.people.set("ada-1", { sub: "ada-1", email: "canary@example.com", email_verified: true });
  peer.signInAs("ada-1");
  github = await startGithubPeer();
  const emails = [{ email: "canary@example.com", primary: true, verified: true, visibility: null }];
  github.users.set("ada", { id: 1, login: "ada", name: null, emails });
  github.signInAs("ada");
});

afterAll(async () => {
  await Promise.all([peer.close(), github.close()]);
});

/** Everything that a peer was sent or has said that is nobody else's business. */
function canariesIn(
  calls: readonly { readonly body: string; readonly headers: Headers }[],
): string[] {
  const sent = calls.flatMap(({ body, headers }) => [
    ...["code", "code_verifier", "refresh_token"].map((name) =>
      new URLSearchParams(body).get(name),
    ),
    headers.get("authorization")?.split(" ").at(-1) ?? null,
  ]);
  const fixed = [SECRET, PREVIOUS, SPOKEN, "canary@example.com", "eyJ"];
  return [...fixed, ...sent.filter((text) => text !== null && text !== "")] as string[];
}

/** Goes through everything that a client does, and gathers what it says. */
async function sayAll({ client, log }: ClientAtWork, provider: OpenProvider): Promise<string> {
  const said: unknown[] = [];
  try {
    const back = await goAndComeBack(client, provider);
    const exchanged = await client.exchange(provider, back);
    if (!exchanged.ok) said.push(exchanged);
  } catch (cause) {
    said.push(String(cause));
  }
  const refreshed = await client.refresh(provider, "canary-refresh-token-0123456789");
  if (!refreshed.ok) said.push(refreshed);
  said.push(await client.check(provider), log);
  return JSON.stringify(said);
}

const TAMPERS = [
  (answer: Response) => answer,
  refused(SPOKEN),
  refused(SPOKEN, 500),
  replacedBy(SPOKEN),
  replacedBy(JSON.stringify({ error: "invalid_grant", error_description: SECRET })),
  replacedBy(JSON.stringify({ error: { [SPOKEN]: SECRET } })),
  redirectedTo(`https://provider.example/${SPOKEN}`),
  typed(`text/${SPOKEN}`),
  changed({ sub: SPOKEN, issuer: SPOKEN, keys: SPOKEN, access_token: `${SPOKEN}\n` }),
  changed({ id_token: `eyJhbGciOiJIUzI1NiJ9.${SPOKEN}.x`, token_type: SPOKEN }),
  hugely(1_000_000),
];

test("no secret, code, token, address or word of a provider is in a failure, a finding or the log", async () => {
  const paths = ["/.well-known/openid-configuration", "/jwks", "/token", "/me"] as const;
  const provider = openidProvider(peer, { previousSecret: PREVIOUS });
  for (const path of paths satisfies readonly PeerPath[]) {
    for (const tamper of TAMPERS) {
      peer.behave();
      peer.tamper(path, tamper);
      const said = await sayAll(clientAtWork(), provider);
      for (const canary of canariesIn(peer.calls)) expect(said).not.toContain(canary);
    }
  }
  // It did say something, or this test could not fail.
  peer.tamper("/token", refused(SPOKEN));
  expect(await sayAll(clientAtWork(), provider)).toContain("unknown error");
  peer.behave();
});

test("nor for claims that are refused", async () => {
  const provider = openidProvider(peer, { previousSecret: PREVIOUS });
  for (const claim of ["iss", "aud", "azp", "nonce", "exp", "sub", "at_hash"]) {
    peer.forgeIdToken((claims, sign) => sign({ ...claims, [claim]: SPOKEN }));
    const said = await sayAll(clientAtWork(), provider);
    if (claim !== "sub") expect(said).toContain(claim);
    for (const canary of canariesIn(peer.calls)) expect(said).not.toContain(canary);
  }
  peer.behave();
});

test("nor for GitHub", async () => {
  const provider = githubProvider(github, { previousSecret: PREVIOUS });
  for (const path of ["/login/oauth/access_token", "/api/v3/user", "/api/v3/user/emails"]) {
    for (const answer of [refused(SPOKEN), refused(SPOKEN, 200), replacedBy(SPOKEN)]) {
      github.behave();
      github.tamper(path, answer);
      const said = await sayAll(clientAtWork(), provider);
      for (const canary of [...canariesIn(github.calls), github.clientSecret, "gho_"]) {
        expect(said).not.toContain(canary);
      }
    }
  }
});
