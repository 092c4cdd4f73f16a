/**
 * Settings that administrators changed: read, and set.
 *
 * @module
 */

import type { AuthReads, AuthTx } from "@postern/auth";
import { change, column, type Runner } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

const LIST = "SELECT json_array(name, value) FROM settings";
const PUT = `
  INSERT INTO settings (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value
`;

/** Reading settings. */
export function settingReads(runner: Runner): Pick<AuthReads, "readSettings"> {
  return {
    readSettings: async () => {
      const rows = await column(runner, LIST, []);
      return new Map(rows.map((row) => JSON.parse(String(row)) as [string, string]));
    },
  };
}

/** Setting them. */
export function settingWrites(tx: WriterTx): Pick<AuthTx, "putSetting"> {
  return {
    putSetting: async (name, value) => {
      await change(tx, PUT, [name, value]);
      tx.announce({ kind: "settings_changed" });
    },
  };
}
