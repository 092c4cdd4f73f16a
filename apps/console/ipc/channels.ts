/**
 * The channels between the rooms. There are no others.
 *
 * @module
 */

import type {
  ConsoleState,
  DesktopNotice,
  ExportProgress,
  ExportRequest,
  Outcome,
  Profile,
  ProfileDraft,
  RpcAnswer,
  RpcCall,
  RpcEvent,
  StepUp,
  SubscribeCall,
  Theme,
} from "./bridge.ts";

/** What the page calls: what each channel takes, and what it answers. */
export interface Calls {
  readonly "postern:request": Call<RpcCall, RpcAnswer>;
  readonly "postern:subscribe": Call<SubscribeCall & { readonly id: string }, Outcome<null>>;
  readonly "postern:unsubscribe": Call<{ readonly id: string }, Outcome<null>>;
  readonly "postern:state": Call<null, ConsoleState>;
  readonly "postern:save-profile": Call<ProfileDraft, Outcome<Profile>>;
  readonly "postern:remove-profile": Call<{ readonly id: string }, Outcome<null>>;
  readonly "postern:open-profile": Call<{ readonly id: string }, Outcome<null>>;
  readonly "postern:sign-in": Call<null, Outcome<null>>;
  readonly "postern:cancel-sign-in": Call<null, Outcome<null>>;
  readonly "postern:sign-out": Call<null, Outcome<null>>;
  readonly "postern:step-up": Call<StepUp, Outcome<null>>;
  readonly "postern:set-writable": Call<{ readonly on: boolean }, Outcome<null>>;
  readonly "postern:export-events": Call<
    ExportRequest & { readonly id: string },
    Outcome<ExportProgress & { readonly file: string }>
  >;
  readonly "postern:cancel-export": Call<null, Outcome<null>>;
  readonly "postern:notify": Call<DesktopNotice, Outcome<null>>;
  readonly "postern:copy": Call<{ readonly text: string }, Outcome<null>>;
  readonly "postern:set-theme": Call<{ readonly theme: Theme }, Outcome<null>>;
}

/** What main tells the page unasked. */
export interface Tellings {
  readonly "postern:state-changed": ConsoleState;
  readonly "postern:subscription": { readonly id: string; readonly event: RpcEvent };
  readonly "postern:export-progress": { readonly id: string; readonly progress: ExportProgress };
}

/** One channel that is called. */
export interface Call<Input, Answer> {
  readonly input: Input;
  readonly answer: Answer;
}

/** Name of a channel that is called. */
export type CallName = keyof Calls;

/** Name of a channel that is told. */
export type TellingName = keyof Tellings;
