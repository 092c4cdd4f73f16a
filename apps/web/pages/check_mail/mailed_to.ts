/**
 * The address that a mail was just sent to, carried from one page to the next in memory.
 *
 * @module
 */

let address: string | undefined;

/** Keeps the address for the page that follows. */
export function noteMailedTo(email: string): void {
  address = email;
}

/** The address; `undefined` where the page was come to in another way. */
export function mailedTo(): string | undefined {
  return address;
}
