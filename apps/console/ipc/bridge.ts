/**
 * The verbs that the renderer has: all of `window.postern`, and nothing of Electron.
 *
 * No token, no key and no address of a server crosses it, in either direction, but for the address in
 * a profile, which whoever sits there has typed.
 *
 * @module
 */

import type { AdminRole, ProblemCode } from "@postern/wire";

/** A value, or why there is none. Nothing here throws for what can be expected. */
export type Outcome<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: BridgeError };

/** Why something could not be done. */
export interface BridgeError {
  readonly code: BridgeErrorCode;
  /** For people. Never a stack, a token or a path of this machine. */
  readonly message: string;
  /** HTTP status of the server's answer; 0 where it gave none. */
  readonly status: number;
  /** What is wrong with which field of the input. */
  readonly errors?: readonly FieldError[];
}

/** What is wrong with one field. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly detail: string;
}

/** The server's codes, and those of the console itself. */
export type BridgeErrorCode =
  | ProblemCode
  /** The server cannot be reached, or did not answer in time. */
  | "offline"
  /** Nobody is signed in to the current profile. */
  | "signed_out"
  /** The profile is a production one and was not made writable. */
  | "read_only"
  /** Whoever sits there closed the dialog, or stopped it. */
  | "cancelled"
  /** Nobody finished it in the browser in time. */
  | "timed_out"
  /** The administrator refused in the browser. */
  | "access_denied"
  /** What is at that address is no such server, or not one that may be spoken to. */
  | "bad_server"
  /** There is no such profile. */
  | "unknown_profile"
  /** The server's answer makes no sense. */
  | "bad_answer";

/** One call of a procedure. */
export interface RpcCall {
  readonly type: "query" | "mutation";
  /** Such as `users.list`. */
  readonly path: string;
  readonly input: unknown;
}

/** A call's answer: plain JSON. */
export type RpcAnswer = Outcome<unknown>;

/** One subscription. */
export interface SubscribeCall {
  readonly path: string;
  readonly input: unknown;
}

/** What a subscription tells, in order. After `error` and `ended` nothing comes. */
export type RpcEvent =
  | { readonly kind: "connected" }
  /** `id` is where the server continues from after a break; main sees to that. */
  | { readonly kind: "data"; readonly id?: string; readonly data: unknown }
  /** Main is trying again. `since` is when the server was last heard, in milliseconds since the epoch. */
  | { readonly kind: "disconnected"; readonly since: number }
  | { readonly kind: "error"; readonly error: BridgeError }
  | { readonly kind: "ended" };

/** Colours that a profile may have. */
export const PROFILE_COLORS = [
  "slate",
  "blue",
  "teal",
  "green",
  "amber",
  "orange",
  "red",
  "violet",
] as const;

/** A colour by which a server is known at a glance. */
export type ProfileColor = (typeof PROFILE_COLORS)[number];

/** A server that the console knows. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Origin of its PUBLIC_URL, or of its listener for administration. */
  readonly url: string;
  readonly color: ProfileColor;
  /** Whether it starts read-only. */
  readonly production: boolean;
}

/** A profile as it is typed; without an id it is a new one. */
export interface ProfileDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly url: string;
  readonly color: ProfileColor;
  readonly production: boolean;
}

/** All that the renderer may know of the console itself. */
export interface ConsoleState {
  readonly profiles: readonly Profile[];
  /** Profile that is open. */
  readonly currentId: string | null;
  /** Who is signed in to it. `endsAt` is when the server ends it, in milliseconds since the epoch. */
  readonly session: {
    readonly username: string;
    readonly role: AdminRole | null;
    readonly endsAt: number | null;
  } | null;
  /** `memory`: this system cannot keep secrets, so a sign-in does not outlive the console. */
  readonly storage: "encrypted" | "memory";
  readonly connection: "signed_out" | "connecting" | "online" | "offline";
  /** When the server was last heard, in milliseconds since the epoch. */
  readonly lastSeenAt: number | null;
  readonly readOnly: boolean;
  /** Whether a sign-in or a confirmation is open in the browser. */
  readonly signingIn: boolean;
  readonly theme: Theme;
}

/** Colour scheme. */
export type Theme = "system" | "light" | "dark";

/** A dangerous call that needs a sign-in a moment ago. */
export interface StepUp {
  readonly path: string;
  readonly input: unknown;
  /** What is about to be done, as it is shown to the administrator. */
  readonly title: string;
}

/** Which events to write to a file. */
export interface ExportRequest {
  readonly query: string;
  readonly format: "csv" | "ndjson";
}

/** How far an export is. */
export interface ExportProgress {
  readonly events: number;
  readonly bytes: number;
}

/** A message of the system. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
}

/** `window.postern`. Frozen. */
export interface Bridge {
  /** Calls a procedure of the current profile's server. */
  request(call: RpcCall): Promise<RpcAnswer>;
  /** Follows a subscription over breaks, without gap or double; the answer ends it. */
  subscribe(call: SubscribeCall, listener: (event: RpcEvent) => void): () => void;
  state(): Promise<ConsoleState>;
  /** Hears of every change of the state; the answer ends it. */
  onState(listener: (state: ConsoleState) => void): () => void;
  saveProfile(draft: ProfileDraft): Promise<Outcome<Profile>>;
  /** Removes a profile and its tokens, and signs it out. */
  removeProfile(id: string): Promise<Outcome<null>>;
  /** Makes a profile the current one; subscriptions of another end. */
  openProfile(id: string): Promise<Outcome<null>>;
  /** Signs in by the system's browser; answers when that has ended, well or not. */
  signIn(): Promise<Outcome<null>>;
  /** Ends a sign-in or a confirmation that is open in the browser. */
  cancelSignIn(): Promise<Outcome<null>>;
  signOut(): Promise<Outcome<null>>;
  /** Has the administrator confirm one call in the browser. Thereafter that very call is taken. */
  stepUp(request: StepUp): Promise<Outcome<null>>;
  /** Lets changes through on a production profile, or stops them. */
  setWritable(on: boolean): Promise<Outcome<null>>;
  /** Writes all events that match to a file that is chosen in a dialog. */
  exportEvents(
    request: ExportRequest,
    onProgress: (progress: ExportProgress) => void,
  ): Promise<Outcome<ExportProgress & { readonly file: string }>>;
  cancelExport(): Promise<Outcome<null>>;
  notify(notice: DesktopNotice): Promise<Outcome<null>>;
  copy(text: string): Promise<Outcome<null>>;
  setTheme(theme: Theme): Promise<Outcome<null>>;
}

/** The bridge's name in the page. */
export const BRIDGE_NAME = "postern";
