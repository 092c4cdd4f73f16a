/**
 * Every statement that the stores run, heard while all of their methods are used.
 *
 * @module
 */

import { column, type Statement } from "./_rows.ts";
import { addSession, addUser, NOW, newUser, type Opened, random, sha256 } from "./_testing.ts";
import { useChat } from "./_use_chat.ts";
import { lenientSealer, useEverything } from "./_use_everything.ts";
import { createAuthStore } from "./create_auth_store.ts";
import { createChatStore } from "./create_chat_store.ts";
import { createOutbox } from "./create_outbox.ts";
import type { Database } from "./database.ts";
import { hasKeys } from "./has_keys.ts";
import { seedLimits } from "./seed_limits.ts";
import { createWriter } from "./writer.ts";

/** What was heard. */
export interface Heard {
  /** As they are run, with one space between words. */
  readonly statements: ReadonlySet<string>;
  /** Methods that nobody used, each with the part of the stores that it is of. */
  readonly unused: ReadonlySet<string>;
}

/** More sessions than are counted one by one. */
const MANY_SESSIONS = 6_000;

const FILL_SESSIONS = `
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY_SESSIONS})
  INSERT INTO sessions
    (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms)
  SELECT 'x' || i, 'x' || i, ?, 'browser', 'password', 0, 0, 1, 1 FROM n
`;

/** Uses everything on a database, and gives what was heard. */
export async function listen(opened: Opened): Promise<Heard> {
  const statements = new Set<string>();
  const unused = new Set<string>();
  const database = listening(opened.database, ({ sql }) => {
    statements.add(sql.replaceAll(/\s+/g, " ").trim());
  });
  const clock = { now: () => NOW };
  const writer = createWriter({ database, sha256, clock, onCommit: () => undefined });
  const store = createAuthStore({ database, writer, sealer: lenientSealer, random });
  const counting = counter(unused);
  await hasKeys(database);
  await opened.writer.run((tx) => tx.execute({ sql: "DELETE FROM limits", args: [] }));
  await seedLimits({ database, writer });
  const user = await addUser(opened.store, newUser("grace"));
  const { session } = await addSession(opened.store, user.id);
  await useChat(counting("chat", createChatStore({ database, writer })), user, session.id);
  await useEverything({
    store: {
      ...counting("store", store),
      write: (work) => store.write((tx) => work(counting("tx", tx))),
      bookkeeping: counting("bookkeeping", store.bookkeeping),
    },
    outbox: counting("outbox", createOutbox({ database, writer, sealer: lenientSealer })),
    writer: opened.writer,
  });
  unused.delete("store.write");
  await opened.writer.run((tx) => column(tx, FILL_SESSIONS, [user.id]));
  await store.aboutLiveSessions(NOW);
  return { statements, unused };
}

/** The database, telling what it is asked. */
function listening(database: Database, note: (statement: Statement) => void): Database {
  return {
    ...database,
    reader: {
      execute: (statement) => {
        note(statement);
        return database.reader.execute(statement);
      },
    },
    begin: async () => {
      const transaction = await database.begin();
      const execute = transaction.execute.bind(transaction);
      transaction.execute = (statement) => {
        note(statement);
        return execute(statement);
      };
      return transaction;
    },
  };
}

/** Makes what gives the same methods, which take themselves off the list of those that were not used. */
function counter(unused: Set<string>) {
  const seen = new Set<string>();
  return <Part extends object>(name: string, part: Part): Part => {
    const methods = Object.entries(part).map(([method, work]) => {
      if (typeof work !== "function") return [method, work];
      const full = `${name}.${method}`;
      if (!seen.has(full)) unused.add(full);
      seen.add(full);
      const counted = (...args: unknown[]) => {
        unused.delete(full);
        return Reflect.apply(work, part, args);
      };
      return [method, counted];
    });
    return Object.fromEntries(methods) as Part;
  };
}
