/**
 * The port to the log: what the rest of the server says, and at which level.
 *
 * @module
 */

/** How much a line matters. A log says what is of its own level and above. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * What a line tells beside its message.
 *
 * Values may be anything. Those under a name that sounds like a secret (`token`, `code`, `key`, …)
 * are never written, whatever they are; call a code that may be read `error_code` or `status_code`,
 * and a count of secrets `…_count`.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Says something. Never throws, and does nothing where its level is off. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Tells whether lines of a level are written, for callers whose fields cost something. */
  writes(level: LogLevel): boolean;
}
