/**
 * The log: LogTape behind the port, one JSON object a line, secrets left out.
 *
 * A line is `{"level","at","msg"}` and its fields, flat. Values are made plain first, then redacted by
 * name and by form while they are still values, and written as JSON last: no quote or line end in a
 * value can get between.
 *
 * @module
 */

import { configureSync, getLogger, type LogRecord, type Sink } from "@logtape/logtape";
import { redactByField, redactByPattern } from "@logtape/redaction";
import type { Log, LogFields, LogLevel } from "../log_port.ts";
import { redactValue, SECRET_FIELDS, SECRET_PATTERNS } from "./_log_redaction.ts";
import { plainFields } from "./_log_values.ts";
import { type LineSink, stdoutLines } from "./_stdout_lines.ts";

/** How a log is set up. */
export interface LogOptions {
  readonly level: LogLevel;
  /** Shows where errors were made, at level `debug`. Never in production. */
  readonly isDevelopment?: boolean;
  /** Where lines go; standard output if left out. */
  readonly sink?: LineSink;
}

/** A log that can be closed. */
export interface ClosableLog extends Log {
  /** Writes out what waits. Later lines are lost. */
  close(): Promise<void>;
}

const SEVERITY: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** LogTape has two more levels than we do. */
const LEVEL_OF: Readonly<Record<LogRecord["level"], LogLevel>> = {
  trace: "debug",
  debug: "debug",
  info: "info",
  warning: "warn",
  error: "error",
  fatal: "error",
};

/** Names that every line has. */
const OWN_NAMES: ReadonlySet<string> = new Set(["level", "at", "msg"]);

/** LogTape is configured once for the process; each of our logs is a category of its own under this one. */
const ROOT_CATEGORY = "postern";
const sinks = new Map<string, Sink>();
let logsMade = 0;

/** Makes a log. */
export function createLog(options: LogOptions): ClosableLog {
  configureOnce();
  logsMade += 1;
  const name = String(logsMade);
  const lines = options.sink ?? stdoutLines();
  sinks.set(name, redactedSink(lines));
  const logger = getLogger([ROOT_CATEGORY, name]);
  const showStacks = options.isDevelopment === true && options.level === "debug";
  const at = (level: LogLevel, write: Write) => {
    if (SEVERITY[level] < SEVERITY[options.level]) return ignore;
    return (message: string, fields: LogFields = {}) =>
      write(message, plainFields(fields, { showStacks }));
  };
  return {
    debug: at("debug", (message, fields) => logger.debug(message, fields)),
    info: at("info", (message, fields) => logger.info(message, fields)),
    warn: at("warn", (message, fields) => logger.warning(message, fields)),
    error: at("error", (message, fields) => logger.error(message, fields)),
    writes: (level) => SEVERITY[level] >= SEVERITY[options.level],
    close: async () => {
      sinks.delete(name);
      await lines.flush();
    },
  };
}

type Write = (message: string, fields: Record<string, unknown>) => void;

function ignore(): void {
  // The level is off.
}

function configureOnce(): void {
  if (logsMade > 0) return;
  configureSync({
    reset: true,
    sinks: { ours: (record) => sinks.get(record.category[1] ?? "")?.(record) },
    loggers: [
      { category: ROOT_CATEGORY, sinks: ["ours"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "error" },
    ],
  });
}

/** Names first, then forms, then JSON. */
function redactedSink(lines: LineSink): Sink {
  const toValues = redactByPattern((record: LogRecord) => [valuesOf(record)], SECRET_PATTERNS);
  const byForm: Sink = (record) => lines.write(`${toJson(toValues(record)[0])}\n`);
  const byName = redactByField(byForm, { fieldPatterns: SECRET_FIELDS, action: redactValue });
  return (record) => {
    try {
      byName(record);
    } catch {
      lines.write(
        `${toJson({ level: "error", at: timeOf(record), msg: "A log line was lost" })}\n`,
      );
    }
  };
}

/** The line before it is JSON. The message is taken as it is: fields are not put into it. */
function valuesOf(record: LogRecord): Record<string, unknown> {
  const values: Record<string, unknown> = {
    level: LEVEL_OF[record.level],
    at: timeOf(record),
    msg: String(record.rawMessage),
  };
  for (const [name, value] of Object.entries(record.properties)) {
    values[OWN_NAMES.has(name) ? `${name}_` : name] = value;
  }
  return values;
}

function timeOf(record: LogRecord): string {
  return new Date(record.timestamp).toISOString();
}

/** JSON that is one line for every reader, and moves no cursor and turns no text in a terminal. */
function toJson(values: unknown): string {
  return JSON.stringify(values).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits);
}

function escapeUnits(char: string): string {
  return Array.from(
    { length: char.length },
    (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
