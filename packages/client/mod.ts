/**
 * What a page or a bot imports to speak with Postern: typed calls, problems as values, and
 * credentials that mend themselves.
 *
 * @module
 */

export type { Answer, ClientProblem, ClientProblemCode } from "./answer.ts";
export type { ValueOf } from "./call_types.ts";
/** @public */
export { openChat } from "./chat/chat.ts";
/** @public */
export type {
  Chat,
  ChatEars,
  ChatOptions,
  ChatState,
  EndReason,
  HistoryAsk,
  HistoryPiece,
  Sending,
  Timers,
} from "./chat/chat_types.ts";
/** @public */
export {
  type Dial,
  type Line,
  type LineEars,
  type SocketLike,
  webSocketDial,
} from "./chat/dial.ts";
/** @public */
export {
  cookieEntrance,
  type Entrance,
  type Renewal,
  ticketEntrance,
  tokenEntrance,
} from "./chat/entrance.ts";
/** @public */
export type { Stored } from "./chat/outbox.ts";
/** @public For bots, which are not in this repository. */
export { type Client, type ClientOptions, createClient } from "./client.ts";
/** @public */
export type { Lock } from "./credentials.ts";
/** @public */
export { createSend, type Fetch } from "./exchange.ts";
/** @public */
export { memoryTokenBox, type TokenBox } from "./token_credentials.ts";
