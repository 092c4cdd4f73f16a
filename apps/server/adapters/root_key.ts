/**
 * The root key in a file beside the database, for a server that is not given one.
 *
 * Made once, on the first start. Whoever has this file and the database has everything in it, so
 * the file is its owner's alone.
 *
 * @module
 */

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { decodeBase64Url, encodeBase64Url, err, ok, type Random, type Result } from "@postern/std";

/** Shortest root key, bytes. */
const ROOT_KEY_BYTES = 32;

/** Longest file that is read, bytes. A root key takes 43 and a line end. */
const FILE_MAX_BYTES = 1_024;

/** What a group's members and others could do with a file. */
const OTHERS_BITS = 0o077;

const FILE_NAME = "postern.key";

/** Where the file is if the database is elsewhere. */
const DEFAULT_FOLDER = "./data";

/** The root key, and how it was come by. */
export interface RootKey {
  readonly bytes: Uint8Array;
  readonly path: string;
  /** `true` where this start made it, so that nothing can be sealed under it yet. */
  readonly isNew: boolean;
}

/** Why there is no root key, in one line for the operator. It never holds the file's content. */
export interface RootKeyError {
  readonly code: "root_key_unusable";
  readonly message: string;
}

/** The path of the file: beside the database's, or under `./data` where that is no file here. */
export function rootKeyPath(databaseUrl: string): string {
  const file = databaseFile(databaseUrl);
  return join(file === undefined ? DEFAULT_FOLDER : dirname(file), FILE_NAME);
}

/**
 * Reads the root key, and makes it first where there is none.
 *
 * Of several processes that start at once, one makes the key and all read that one.
 */
export function loadRootKey(path: string, random: Random): Result<RootKey, RootKeyError> {
  const found = readRootKey(path);
  if (found !== undefined) return found;
  const made = makeRootKey(path, random);
  if (!made.ok) return made;
  const read = readRootKey(path);
  if (read === undefined) return unusable(path, "it vanished while the server started");
  return read.ok ? ok({ ...read.value, isNew: made.value }) : read;
}

/** Reads the root key of a database that has keys already, and makes none. */
export function findRootKey(path: string): Result<RootKey, RootKeyError> {
  return readRootKey(path) ?? unusable(path, "it is missing, and the keys in the database need it");
}

/** Reads the file; `undefined` where there is none. Checks what was opened, not what the path names next. */
function readRootKey(path: string): Result<RootKey, RootKeyError> | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return codeOf(error) === "ENOENT"
      ? undefined
      : unusable(path, `cannot read it (${codeOf(error)})`);
  }
  try {
    const { mode, size } = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) return unusable(path, "it is not a file");
    if (process.platform !== "win32" && (mode & OTHERS_BITS) !== 0) {
      return unusable(path, `others may read it (mode ${(mode & 0o777).toString(8)}): chmod 600`);
    }
    if (size > FILE_MAX_BYTES) return unusable(path, `it is longer than ${FILE_MAX_BYTES} bytes`);
    return parseRootKey(path, readText(file));
  } catch (error) {
    return unusable(path, `cannot read it (${codeOf(error)})`);
  } finally {
    closeSync(file);
  }
}

function parseRootKey(path: string, text: string): Result<RootKey, RootKeyError> {
  if (text.trim() === "") return unusable(path, "it is empty");
  const bytes = decodeBase64Url(text.trim());
  if (bytes === undefined) return unusable(path, "it is not base64url");
  if (bytes.length < ROOT_KEY_BYTES) {
    return unusable(path, `it holds ${bytes.length} bytes, need ${ROOT_KEY_BYTES}`);
  }
  return ok({ bytes, path, isNew: false });
}

/**
 * Makes the file, whole or not at all.
 *
 * It is written under another name and then linked, which fails where the name is taken: nobody ever
 * reads half a key, and of two makers one wins.
 *
 * @returns Whether the key is this one, and not another process's.
 */
function makeRootKey(path: string, random: Random): Result<boolean, RootKeyError> {
  const draft = `${path}.${encodeBase64Url(random.bytes(12))}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeDurably(draft, `${encodeBase64Url(random.bytes(ROOT_KEY_BYTES))}\n`);
    try {
      return ok(linkOnce(draft, path));
    } finally {
      unlinkSync(draft);
      syncFolder(dirname(path));
    }
  } catch (error) {
    return unusable(path, `cannot make it (${codeOf(error)}); set SECRET_KEY instead`);
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function linkOnce(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Makes a folder's entries durable. Windows cannot, and does not need to. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function readText(file: number): string {
  const buffer = Buffer.alloc(FILE_MAX_BYTES);
  return buffer.toString("utf8", 0, readSync(file, buffer, 0, FILE_MAX_BYTES, 0));
}

/** The path in a `file:` URL, read as libSQL reads it; `undefined` where the database is no file. */
export function databaseFile(databaseUrl: string): string | undefined {
  const path = /^file:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(databaseUrl)?.[1];
  if (path === undefined || path === "" || path === ":memory:") return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    // A bad percent escape. The database client refuses such a URL, in its own words.
    return undefined;
  }
}

function unusable(path: string, reason: string): Result<never, RootKeyError> {
  return err({ code: "root_key_unusable", message: `Root key file ${path}: ${reason}` });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
