/**
 * What is broken on purpose, and until when people may still feel it.
 *
 * @module
 */

/** A fault that was had. */
export interface HadFault {
  readonly name: string;
  /** Seconds from the first traffic on. */
  readonly atS: number;
  readonly lastedS: number;
  /** From its end until the server was ready and the chat's members were back; null where they never were. */
  readonly recoveredInS: number | null;
}

/** After everything is back, so long people may still see what happened before, milliseconds. */
const AFTER_MS = 2_000;

/** Whether something is broken. */
export class Trouble {
  #depth = 0;
  #until = 0;
  #wasClockStepped = false;
  readonly had: HadFault[] = [];

  get isOn(): boolean {
    return this.#depth > 0 || performance.now() < this.#until;
  }

  get wasClockStepped(): boolean {
    return this.#wasClockStepped;
  }

  /** Something is about to break. */
  begin(name: string): void {
    this.#depth += 1;
    this.#wasClockStepped ||= name === "clock_stepped";
  }

  /** It is mended, and everything is back. */
  end(fault: HadFault): void {
    this.#depth -= 1;
    this.#until = performance.now() + AFTER_MS;
    this.had.push(fault);
  }
}
