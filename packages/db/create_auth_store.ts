/**
 * The store behind the ports of the rules.
 *
 * @module
 */

import type { AuthReads, AuthStore, AuthTx, Bookkeeping, Sealer, Written } from "@postern/auth";
import { sessionCounts } from "./_about_sessions.ts";
import { addressBlockReads, addressBlockWrites } from "./_address_blocks.ts";
import { batched } from "./_batch.ts";
import { changesAfter } from "./_changes.ts";
import { countReport } from "./_csp_reports.ts";
import { flowWrites, visits } from "./_flows.ts";
import { forgetSpentTokens } from "./_forget_spent_tokens.ts";
import { beat } from "./_heartbeat.ts";
import { identityReads, identityWrites } from "./_identities.ts";
import { identityTokenReads, identityTokenWrites, tokenRefreshes } from "./_identity_tokens.ts";
import { invitationReads, invitationWrites } from "./_invitations.ts";
import { keyReads, keyWrites } from "./_keys.ts";
import { providerDrops } from "./_leaving_providers.ts";
import { limitReads, limitWrites } from "./_limits.ts";
import { linkReads, linkWrites } from "./_links.ts";
import { eventReads } from "./_list_events.ts";
import { userLists } from "./_list_users.ts";
import { type MailDeps, mailWrites } from "./_mails.ts";
import { oauthCodeReads, oauthCodeWrites } from "./_oauth_codes.ts";
import { providerReads, providerWrites, saveHealth } from "./_providers.ts";
import { purge } from "./_purge.ts";
import { refreshTokenReads, refreshTokenWrites, rotateAll } from "./_refresh_tokens.ts";
import { countOtherwiseSealed, type ResealDeps, resealSecrets } from "./_reseal.ts";
import type { Runner } from "./_rows.ts";
import { gatheredSessions, sessionReads, sessionWrites } from "./_sessions.ts";
import { settingReads, settingWrites } from "./_settings.ts";
import { setupLinkReads, setupLinkWrites } from "./_setup_links.ts";
import { signupReads, signupWrites } from "./_signups.ts";
import { takeOnce } from "./_taken_ids.ts";
import { eventTallies } from "./_tally_events.ts";
import { partsOf, touchAll } from "./_touch_sessions.ts";
import { userReads, userWrites } from "./_users.ts";
import type { Database } from "./database.ts";
import type { WriterTx } from "./writer_tx.ts";

/** What the store needs. */
export interface AuthStoreDeps extends MailDeps, ResealDeps {
  readonly database: Database;
  readonly sealer: Sealer;
}

/** Makes the store of a database. */
export function createAuthStore(deps: AuthStoreDeps): AuthStore {
  const { writer } = deps;
  return {
    ...reads(deps.database.reader),
    findSession: gatheredSessions(deps.database.reader),
    write: (work, patienceMs) =>
      writer.run(async (tx) => {
        const written = await work(authTx(tx, deps));
        for (const event of eventsOf(written)) tx.append(event);
        return written.value;
      }, patienceMs),
    bookkeeping: bookkeeping(deps),
  };
}

function reads(runner: Runner): AuthReads {
  return {
    ...userReads(runner),
    ...userLists(runner),
    ...signupReads(runner),
    ...linkReads(runner),
    ...invitationReads(runner),
    ...setupLinkReads(runner),
    ...oauthCodeReads(runner),
    ...sessionReads(runner),
    ...sessionCounts(runner),
    ...refreshTokenReads(runner),
    ...keyReads(runner),
    ...limitReads(runner),
    ...addressBlockReads(runner),
    ...settingReads(runner),
    ...eventReads(runner),
    ...eventTallies(runner),
    ...providerReads(runner),
    ...identityReads(runner),
    ...identityTokenReads(runner),
  };
}

function authTx(tx: WriterTx, deps: MailDeps): AuthTx {
  return {
    ...reads(tx),
    ...userWrites(tx),
    ...signupWrites(tx),
    ...linkWrites(tx),
    ...invitationWrites(tx),
    ...setupLinkWrites(tx),
    ...oauthCodeWrites(tx),
    ...sessionWrites(tx),
    ...refreshTokenWrites(tx),
    ...keyWrites(tx),
    ...limitWrites(tx),
    ...addressBlockWrites(tx),
    ...settingWrites(tx),
    ...mailWrites(tx, deps),
    ...providerWrites(tx),
    ...identityWrites(tx),
    ...flowWrites(tx),
    ...identityTokenWrites(tx),
    announce: (change) => tx.announce(change),
  };
}

function bookkeeping(deps: AuthStoreDeps): Bookkeeping {
  const { database, writer } = deps;
  const touch = batched(writer, touchAll);
  return {
    rotateRefreshToken: batched(writer, rotateAll),
    touchSessions: async (seen) => {
      for (const part of partsOf(seen)) await touch(part);
    },
    countCspReport: (report, first) => writer.run((tx) => countReport(tx, report, first)),
    forgetSpentTokens: (now) => forgetSpentTokens({ reader: database.reader, writer }, now),
    beat: (now) => writer.run((tx) => beat(tx, now)),
    changesAfter: (position) => changesAfter(database.reader, position),
    ...visits(writer),
    takeOnce: (id, until) => writer.run((tx) => takeOnce(tx, id, until)),
    ...tokenRefreshes(writer),
    ...providerDrops(database.reader, writer),
    saveProviderHealth: (health) => writer.run((tx) => saveHealth(tx, health)),
    resealSecrets: (now) => resealSecrets(deps, now),
    countOtherwiseSealed: () => countOtherwiseSealed(database.reader),
    purge: (now) => purge(writer, now),
  };
}

function eventsOf<T>({ event }: Written<T>) {
  return "action" in event ? [event] : event;
}
