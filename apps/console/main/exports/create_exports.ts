/**
 * Writes events to a file that whoever sits there chooses: piece by piece, and whole or not at all.
 *
 * The server writes the text, so that no cell of CSV begins as a formula whichever program asks.
 *
 * @module
 */

import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import type { BrowserWindow } from "electron";
import { z } from "zod";
import type {
  ExportProgress,
  ExportRequest,
  Outcome,
  RpcAnswer,
  RpcCall,
} from "../../ipc/bridge.ts";
import { done, failed, refusedBy } from "../../ipc/outcome.ts";
import type { ElectronParts } from "../electron_parts.ts";
import { BAD_ANSWER } from "../rpc/bridge_error.ts";
import { createRecordCounter } from "./count_records.ts";

/** What exporting needs. */
export interface ExportsDeps {
  readonly dialog: ElectronParts["dialog"];
  readonly call: (call: RpcCall) => Promise<RpcAnswer>;
  readonly window: () => BrowserWindow | null;
}

/** Exports, one at a time. */
export interface Exports {
  run(
    request: ExportRequest,
    onProgress: (progress: ExportProgress) => void,
  ): Promise<Outcome<ExportProgress & { readonly file: string }>>;
  cancel(): void;
}

const piece = z.object({ text: z.string(), next: z.string().nullable() });

const KINDS = {
  csv: { name: "CSV", extensions: ["csv"] },
  ndjson: { name: "JSON, one event a line", extensions: ["ndjson"] },
} as const;

/** Makes what exports. */
export function createExports(deps: ExportsDeps): Exports {
  let underWay: AbortController | null = null;
  return {
    async run(request, onProgress) {
      if (underWay !== null) return failed("conflict", "Another export is under way.");
      const own = new AbortController();
      underWay = own;
      try {
        const path = await choosePath(deps, request);
        if (path === null) return CANCELLED;
        const { call } = deps;
        const written = await writeWhole(path, (write) =>
          fetchAll({ call, request, signal: own.signal }, write, onProgress),
        );
        return written.ok ? done({ ...written.data, file: basename(path) }) : written;
      } finally {
        underWay = null;
      }
    },
    cancel: () => underWay?.abort(),
  };
}

const CANCELLED = failed("cancelled", "It was cancelled.");

async function choosePath(
  { dialog, window }: ExportsDeps,
  { format }: ExportRequest,
): Promise<string | null> {
  const parent = window();
  const { name, extensions } = KINDS[format];
  const options = {
    title: "Export events",
    defaultPath: `events.${format}`,
    filters: [{ name, extensions: [...extensions] }],
  };
  const chosen =
    parent === null
      ? await dialog.showSaveDialog(options)
      : await dialog.showSaveDialog(parent, options);
  return chosen.canceled || chosen.filePath === "" ? null : chosen.filePath;
}

type Write = (text: string) => Promise<void>;

/** Writes a file beside its place, and puts it there once it is whole. */
async function writeWhole<Data>(
  path: string,
  work: (write: Write) => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const waiting = `${path}.part`;
  try {
    const file = await open(waiting, "w", 0o600);
    const outcome = await fill(file, work);
    if (outcome.ok) await rename(waiting, path);
    else await rm(waiting, { force: true });
    return outcome;
  } catch {
    await rm(waiting, { force: true });
    return failed("internal", "The file cannot be written there.");
  }
}

/** Each piece is written to its end: `write` alone may stop in the middle, and call it good. */
async function fill<Data>(
  file: FileHandle,
  work: (write: Write) => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  try {
    const outcome = await work((text) => file.appendFile(text));
    if (outcome.ok) await file.sync();
    return outcome;
  } finally {
    await file.close();
  }
}

async function fetchAll(
  {
    call,
    request,
    signal,
  }: { call: ExportsDeps["call"]; request: ExportRequest; signal: AbortSignal },
  write: Write,
  onProgress: (progress: ExportProgress) => void,
): Promise<Outcome<ExportProgress>> {
  const count = createRecordCounter(request.format);
  let progress: ExportProgress = { events: 0, bytes: 0 };
  let cursor: string | null = null;
  do {
    if (signal.aborted) return CANCELLED;
    const input = cursor === null ? request : { ...request, cursor };
    const answer = await call({ type: "query", path: "audit.export", input });
    if (!answer.ok) return answer;
    const read = piece.safeParse(answer.data);
    if (!read.success) return refusedBy(BAD_ANSWER);
    const { text, next } = read.data;
    await write(text);
    progress = {
      events: progress.events + count(text),
      bytes: progress.bytes + Buffer.byteLength(text),
    };
    onProgress(progress);
    cursor = next;
  } while (cursor !== null);
  return done(progress);
}
