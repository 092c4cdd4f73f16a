/**
 * The store behind the port of `chat`.
 *
 * @module
 */

import type { ChatStore } from "@postern/chat";
import { batched } from "./_batch.ts";
import { conversationReads, conversationWrites } from "./_conversations.ts";
import { readHistory } from "./_history.ts";
import { storeMessages } from "./_messages.ts";
import { tickets } from "./_tickets.ts";
import type { Database } from "./database.ts";
import type { Writer } from "./writer.ts";

/** Makes the store of a database. Messages that wait are stored together. */
export function createChatStore(deps: {
  readonly database: Database;
  readonly writer: Writer;
}): ChatStore {
  const { database, writer } = deps;
  return {
    ...conversationReads(database.reader),
    ...conversationWrites(writer),
    ...tickets(writer),
    postMessage: batched(writer, storeMessages),
    readHistory: (request) => readHistory(database.reader, request),
  };
}
