/**
 * What a page or a bot imports to speak with Postern: typed calls, problems as values, and
 * credentials that mend themselves.
 *
 * @module
 */

export type { Answer, ClientProblem, ClientProblemCode } from "./answer.ts";
export type { BodyOf, ValueOf } from "./call_types.ts";
export { type Client, type ClientOptions, createClient } from "./client.ts";
export type { Lock } from "./credentials.ts";
export { createSend, type Exchange, type Fetch, type Send } from "./exchange.ts";
export type { RestCalls } from "./rest.ts";
export { memoryTokenBox, type TokenBox } from "./token_credentials.ts";
