/**
 * The port to the bus: what this process tells the other processes at once.
 *
 * A shortcut, never the truth. What it carries can be read from the store, too, or is worth nothing
 * a moment later; so whatever is lost while a place is away costs time, not messages or endings.
 *
 * @module
 */

/** What is told of. */
export type BusTopic = "changes" | "message" | "typing" | "presence";

/** Every topic that there is. */
export const BUS_TOPICS: readonly BusTopic[] = ["changes", "message", "typing", "presence"];

/** Told what another place published, and which. */
export type BusEar = (text: string, from: string) => void;

/** One place at the bus. Each process has one. */
export interface Bus {
  /** Tells this place from the others. */
  readonly id: string;
  /** Whether what is published now is likely to arrive. */
  readonly isConnected: boolean;
  /**
   * Sends to every other place that is connected, not to this one. Does not wait and does not throw;
   * what cannot be sent is lost.
   */
  publish(topic: BusTopic, text: string): void;
  /** Hears what others publish: at most once, and of each place in its order. */
  subscribe(topic: BusTopic, ear: BusEar): void;
  /** Told each time that the place is connected: what was published before may have been missed. */
  onConnected(ear: () => void): void;
  close(): void;
}
