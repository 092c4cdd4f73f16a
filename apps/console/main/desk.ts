/**
 * The desk: which server is open, and what may be done there.
 *
 * Sign-ins to other servers stay while the console runs; only the open one is called.
 *
 * @module
 */

import type { Outcome, RpcAnswer, RpcCall, StepUp } from "../ipc/bridge.ts";
import { done, failed } from "../ipc/outcome.ts";
import type { Fetch } from "./oauth/fetch_port.ts";
import type { ProfileBook } from "./profiles/profile_book.ts";
import type { Following } from "./rpc/follow.ts";
import { createConnection } from "./session/connection.ts";
import { type Seat, Seats } from "./session/seats.ts";
import { signIn } from "./session/sign_in.ts";
import { createVisitDesk, type VisitDesk } from "./session/visit_desk.ts";
import type { StateStore } from "./state_store.ts";
import type { Vault } from "./vault/vault.ts";

/** What it needs. */
export interface DeskDeps {
  readonly book: ProfileBook;
  readonly vault: Vault;
  readonly state: StateStore;
  readonly fetch: Fetch;
  readonly openExternal: (address: string) => Promise<void>;
  /** Brings the window forward: the browser has brought its answer. */
  readonly comeForward: () => void;
}

/** The desk. */
export class Desk {
  readonly #deps: DeskDeps;
  readonly #visits: VisitDesk;
  readonly #seats: Seats;
  /** Ends the desk's own listening to the open server. */
  #listening = new AbortController();

  constructor(deps: DeskDeps) {
    this.#deps = deps;
    const { book, state } = deps;
    this.#visits = createVisitDesk(state);
    const seats: Seats = new Seats({
      ...deps,
      connection: createConnection(state),
      isOpen: (id) => book.current?.id === id,
      onChange: (id) => book.current?.id === id && show(state, seats.find(id)),
    });
    this.#seats = seats;
  }

  /** Opens a server, and goes on with a sign-in that was kept. */
  async open(id: string): Promise<Outcome<null>> {
    const { book } = this.#deps;
    if (book.find(id) === null) return NO_PROFILE;
    this.#visits.cancel();
    this.#seat()?.stopFollowing();
    await book.open(id);
    await this.reopen();
    return done(null);
  }

  /** Opens the server that is the current one, such as the one that was open last. */
  async reopen(): Promise<void> {
    const { book, state } = this.#deps;
    const { current: profile } = book;
    const readOnly = profile?.production === true;
    state.change({ ...SIGNED_OUT, currentId: profile?.id ?? null, readOnly });
    if (profile === null) return;
    this.#begin(this.#seats.find(profile.id) ?? (await this.#seats.restore(profile)));
  }

  /** Signs in to the open server by the browser. */
  async signIn(): Promise<Outcome<null>> {
    const { book, fetch, vault, openExternal, comeForward } = this.#deps;
    const { current: profile } = book;
    if (profile === null) return NO_PROFILE;
    const isKept = vault.storage === "encrypted";
    const signed = await this.#visits.visit((signal) =>
      signIn({ fetch, openExternal, isKept }, profile.url, signal),
    );
    if (!signed.ok) return signed;
    const isStillThere = book.find(profile.id)?.url === profile.url;
    if (!isStillThere) return NO_PROFILE;
    const taken = await this.#seats.take(profile, signed.data);
    comeForward();
    if (book.current?.id === profile.id) this.#begin(taken);
    return done(null);
  }

  /** Ends a visit to the browser, if there is one. */
  cancelVisit(): void {
    this.#visits.cancel();
  }

  /** Signs out of the open server. */
  async signOut(): Promise<Outcome<null>> {
    const { current } = this.#deps.book;
    this.#visits.cancel();
    if (current !== null) await this.#seats.leave(current.id);
    return done(null);
  }

  /** Has a call confirmed in the browser. */
  async stepUp({ path, input }: StepUp): Promise<Outcome<null>> {
    const { state, comeForward } = this.#deps;
    const taken = this.#seat();
    if (taken === undefined) return NOBODY;
    if (state.get().readOnly) return READ_ONLY;
    const confirmed = await this.#visits.visit((signal) =>
      taken.signedIn.confirm({ path, input }, signal),
    );
    if (confirmed.ok) comeForward();
    return confirmed;
  }

  /** Lets changes through on a production server, or stops them. */
  setWritable(isOn: boolean): Outcome<null> {
    const { book, state } = this.#deps;
    if (book.current === null) return NO_PROFILE;
    state.change({ readOnly: book.current.production && !isOn });
    return done(null);
  }

  /** Calls a procedure of the open server. */
  async call(call: RpcCall): Promise<RpcAnswer> {
    const taken = this.#seat();
    if (taken === undefined) return NOBODY;
    if (call.type === "mutation" && this.#deps.state.get().readOnly) return READ_ONLY;
    return await taken.signedIn.call(call);
  }

  /** Follows a subscription of the open server. */
  async follow(following: Following): Promise<void> {
    const taken = this.#seat();
    if (taken === undefined) following.tell({ kind: "error", error: NOBODY.error });
    else await taken.follow(following);
  }

  /** Ends what a server has here, such as where its profile is removed. */
  async forget(id: string): Promise<void> {
    await this.#seats.leave(id);
  }

  /** Ends what is under way, as the console itself ends. Tells no server. */
  close(): void {
    this.#visits.cancel();
    this.#listening.abort();
    this.#seat()?.stopFollowing();
  }

  #seat(): Seat | undefined {
    const { current } = this.#deps.book;
    return current === null ? undefined : this.#seats.find(current.id);
  }

  /** Shows what is open, and listens to it: so it is known within seconds that it is gone. */
  #begin(taken: Seat | undefined): void {
    show(this.#deps.state, taken);
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const call = { path: "overview.live", input: {} };
    taken?.follow({ call, signal, tell: () => undefined }).catch(report);
  }
}

const SIGNED_OUT = { session: null, connection: "signed_out", lastSeenAt: null } as const;
const NOBODY = failed("signed_out", "Nobody is signed in to this server.");
const NO_PROFILE = failed("unknown_profile", "There is no such server in the list.");
const READ_ONLY = failed("read_only", "This is a production server. Allow changes first.");

function show(state: StateStore, seat: Seat | undefined): void {
  if (seat === undefined) {
    state.change(SIGNED_OUT);
    return;
  }
  const { user, endsAt } = seat.signedIn;
  const { username, role } = user;
  const { connection: now } = state.get();
  const connection = now === "signed_out" ? "connecting" : now;
  state.change({ session: { username, role, endsAt }, connection });
}

function report(cause: unknown): void {
  process.stderr.write(`A subscription failed: ${String(cause)}\n`);
}
