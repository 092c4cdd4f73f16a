/**
 * Who is signed in where: at most one sign-in for each server that the console knows.
 *
 * @module
 */

import type { Profile } from "../../ipc/bridge.ts";
import { openDpopKey } from "../oauth/dpop_key.ts";
import type { Fetch } from "../oauth/fetch_port.ts";
import { createServerClock } from "../oauth/server_clock.ts";
import type { Following } from "../rpc/follow.ts";
import type { Vault } from "../vault/vault.ts";
import type { Connection } from "./connection.ts";
import type { SessionTokens } from "./console_session.ts";
import { readKeptSession } from "./kept_session.ts";
import type { SignedInTokens } from "./sign_in.ts";
import { beSignedIn, type SignedIn, type SignedInDeps } from "./signed_in.ts";

/** What it needs. */
export interface SeatsDeps {
  readonly vault: Vault;
  readonly fetch: Fetch;
  readonly openExternal: (address: string) => Promise<void>;
  readonly connection: Connection;
  /** Tells whether a profile is the one that is open. */
  readonly isOpen: (id: string) => boolean;
  /** Told that a sign-in is new, other than it was, or gone. */
  readonly onChange: (id: string) => void;
}

/** A sign-in, and what follows something by it. */
export interface Seat {
  readonly signedIn: SignedIn;
  /** Follows until the signal, or until the seat is left. */
  follow(following: Following): Promise<void>;
  /** Ends what is followed; each is told. */
  stopFollowing(): void;
}

type Given = Pick<SignedInDeps, "clock" | "key" | "secret" | "server"> & {
  readonly tokens: SessionTokens;
};

/** All of them. */
export class Seats {
  readonly #deps: SeatsDeps;
  readonly #seats = new Map<string, Seat>();

  constructor(deps: SeatsDeps) {
    this.#deps = deps;
  }

  /** The sign-in to a server, if there is one. */
  find(id: string): Seat | undefined {
    return this.#seats.get(id);
  }

  /** Takes a sign-in that has just succeeded, instead of one that there was. */
  async take(profile: Profile, given: SignedInTokens): Promise<Seat> {
    const { tokens, made, server, clock } = given;
    await this.leave(profile.id);
    const { key, secret } = made;
    const seat = this.#sit(profile, { tokens, clock, server, key, secret });
    await seat.signedIn.keep(tokens);
    return seat;
  }

  /** Goes on with one that was kept, if there is one. */
  async restore(profile: Profile): Promise<Seat | undefined> {
    const text = await this.#deps.vault.read(profile.id);
    const kept = text === null ? null : readKeptSession(text);
    if (kept === null) return undefined;
    const { server, refreshToken, endsAt, user, key: secret } = kept;
    const key = await openDpopKey(secret);
    const tokens = { refreshToken, endsAt, user };
    return this.#sit(profile, { tokens, clock: createServerClock(), server, key, secret });
  }

  /** Ends one, at the server too. */
  async leave(id: string): Promise<void> {
    const seat = this.#seats.get(id);
    await this.#drop(id);
    await seat?.signedIn.end();
  }

  #sit({ id, url: origin }: Profile, { tokens, ...given }: Given): Seat {
    const { vault, connection, isOpen, onChange, fetch, openExternal } = this.#deps;
    const signedIn = beSignedIn(
      {
        ...given,
        ...{ origin, fetch, openExternal },
        async keep(kept) {
          await vault.write(id, JSON.stringify(kept));
          onChange(id);
        },
        onEnded: () => void this.#drop(id),
        onHeard: () => isOpen(id) && connection.heard(),
        onBroken: () => isOpen(id) && connection.broken(),
      },
      tokens,
    );
    const seat = seatFor(signedIn);
    this.#seats.set(id, seat);
    onChange(id);
    return seat;
  }

  async #drop(id: string): Promise<void> {
    const seat = this.#seats.get(id);
    this.#seats.delete(id);
    seat?.stopFollowing();
    this.#deps.onChange(id);
    await this.#deps.vault.remove(id);
  }
}

function seatFor(signedIn: SignedIn): Seat {
  let leaving = new AbortController();
  return {
    signedIn,
    async follow({ call, signal, tell }) {
      const { signal: left } = leaving;
      await signedIn.follow({ call, signal: AbortSignal.any([signal, left]), tell });
      if (left.aborted && !signal.aborted) tell({ kind: "ended" });
    },
    stopFollowing() {
      leaving.abort();
      leaving = new AbortController();
    },
  };
}
