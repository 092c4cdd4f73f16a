/**
 * What a page or a bot imports to speak with Postern: typed calls, problems as values, and
 * credentials that mend themselves.
 *
 * @module
 */

export type { Answer, ClientProblem, ClientProblemCode } from "./answer.ts";
export type { ValueOf } from "./call_types.ts";
/** @public For bots, which are not in this repository. */
export { type Client, type ClientOptions, createClient } from "./client.ts";
/** @public */
export type { Lock } from "./credentials.ts";
/** @public */
export { createSend, type Fetch } from "./exchange.ts";
/** @public */
export { memoryTokenBox, type TokenBox } from "./token_credentials.ts";
