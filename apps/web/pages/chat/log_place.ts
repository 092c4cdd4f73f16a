/**
 * The place where one reads in the log, and putting the log back to it after it was drawn anew.
 *
 * At the end that is the end; elsewhere it is a row that is in sight, and how far it is from the top.
 * The browser's own anchoring is off: not every browser has it, and none has it at the very top,
 * where older messages are put in.
 *
 * @module
 */

interface Anchor {
  readonly row: string;
  /** From the top of the log, pixels. */
  readonly top: number;
}

/** A place. Rows of the log bear `data-row`. */
export class LogPlace {
  #isPinned = true;
  #anchor: Anchor | undefined;
  #scrollTop = 0;
  #scrollHeight = 0;

  /** Notes where the log is now. */
  note(log: HTMLElement, isPinned: boolean): void {
    this.#isPinned = isPinned;
    this.#anchor = isPinned ? undefined : firstInSight(log);
    this.#measure(log);
  }

  /** Goes to the end, and stays there. */
  pin(log: HTMLElement): void {
    this.#isPinned = true;
    this.#anchor = undefined;
    log.scrollTop = log.scrollHeight;
    this.#measure(log);
  }

  /** Takes a row for the place, at a distance from the top, in pixels. */
  putRow(log: HTMLElement, row: string, top: number): void {
    this.#isPinned = false;
    this.#anchor = { row, top };
    this.#measure(log);
  }

  /** Puts the log back to it. What was scrolled by hand since it was noted is left as it is. */
  keep(log: HTMLElement): void {
    const moved = this.#movedByHand(log);
    if (this.#isPinned) {
      if (moved >= -1) log.scrollTop = log.scrollHeight;
      return;
    }
    if (this.#anchor === undefined) return;
    const row = log.querySelector(`[data-row="${CSS.escape(this.#anchor.row)}"]`);
    if (row === null) return;
    const off = distance(log, row) - (this.#anchor.top - moved);
    // Less than a pixel is rounding; following it would creep.
    if (Math.abs(off) >= 1) log.scrollTop += off;
  }

  #measure(log: HTMLElement): void {
    this.#scrollTop = log.scrollTop;
    this.#scrollHeight = log.scrollHeight;
  }

  /** Pixels. A log that became shorter than where one was is moved by the browser, not by hand. */
  #movedByHand(log: HTMLElement): number {
    const isShorter = log.scrollHeight < this.#scrollHeight;
    const isLast = log.scrollTop + log.clientHeight >= log.scrollHeight - 1;
    return isShorter && isLast ? 0 : log.scrollTop - this.#scrollTop;
  }
}

/** Of the messages: a day's row at the top of what is drawn goes when more is drawn above it. */
function firstInSight(log: HTMLElement): Anchor | undefined {
  const { top: from } = log.getBoundingClientRect();
  for (const row of log.querySelectorAll<HTMLElement>(".pt-row-message, .pt-row-outgoing")) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > from) return { row: row.dataset["row"] ?? "", top: top - from };
  }
  return undefined;
}

function distance(log: Element, row: Element): number {
  return row.getBoundingClientRect().top - log.getBoundingClientRect().top;
}
