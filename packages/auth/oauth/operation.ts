/**
 * The one operation that a console wants a fresh sign-in for: a procedure, and the hash of its input.
 *
 * The hash binds; the input itself may come beside it, so that whoever is asked can see it. Where the
 * input holds a secret it stays away, since addresses are written down in many places.
 *
 * @module
 */

import { canonicalJson, err, ok, type Result, type Sha256 } from "@postern/std";
import type { UserActor } from "../actor.ts";

/** A procedure's path, and a SHA-256 in base64url. */
const OPERATION = /^([a-zA-Z]{1,40}(?:\.[a-zA-Z]{1,40}){1,2}):[A-Za-z0-9_-]{43}$/;

/** Longest input that is taken, characters: it travels in addresses. */
const INPUT_MAX_LENGTH = 500;

/** What a console wants to do. */
export interface AskedOperation {
  /** Path and hash: what tokens are bound to. */
  readonly id: string;
  /** The procedure's path. */
  readonly path: string;
  /** The input by name, where it came and is of that hash; null where it did not come. */
  readonly input: Readonly<Record<string, unknown>> | null;
}

/** Names a procedure with one input. */
export function operationId(sha256: Sha256, path: string, input: unknown): string {
  return `${path}:${sha256(canonicalJson(input))}`;
}

/** An administrator as one call may take it: whose sign-in is for this very operation, as for all. */
export function actorFor(
  sha256: Sha256,
  actor: UserActor,
  call: { readonly path: string; readonly input: unknown },
): UserActor {
  const { stepUpFor, ...forAll } = actor;
  if (stepUpFor === undefined) return actor;
  return operationId(sha256, call.path, call.input) === stepUpFor ? forAll : actor;
}

/** Reads what was sent of it; null where nothing was. */
export function readOperation(
  sha256: Sha256,
  ids: readonly string[],
  inputs: readonly string[],
): Result<AskedOperation | null, null> {
  const [id] = ids;
  const [text] = inputs;
  if (ids.length > 1 || inputs.length > 1) return err(null);
  if (id === undefined) return text === undefined ? ok(null) : err(null);
  const path = OPERATION.exec(id)?.[1];
  if (path === undefined) return err(null);
  if (text === undefined) return ok({ id, path, input: null });
  const input = text.length > INPUT_MAX_LENGTH ? null : parseObject(text);
  if (input === null || operationId(sha256, path, input) !== id) return err(null);
  return ok({ id, path, input });
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : null;
  } catch {
    return null;
  }
}
