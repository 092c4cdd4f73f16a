/**
 * What has to be read anew, and stays owed until it was: a reading that fails is not forgotten.
 *
 * @module
 */

/** What can be owed. */
export type Owed = "keys" | "limits" | "settings";

/** What was changed and not read yet. */
export interface OwedReadings {
  /** Owes a reading, and begins it. Does not throw. */
  owe(what: Owed): void;
  /** Begins anew each reading that failed. Does not throw. */
  retry(): void;
  /** The readings that failed and did not succeed since. */
  failed(): readonly Owed[];
}

/** How readings are done. */
export interface OwedReadingsDeps {
  /** Reads, and throws where it cannot. Readings may overlap. */
  readonly read: (what: Owed) => Promise<void>;
  readonly onFailure: (what: Owed, cause: unknown) => void;
}

interface Debt {
  readonly turn: number;
  readonly hasFailed: boolean;
}

/** Makes what owes nothing. */
export function createOwedReadings({ read, onFailure }: OwedReadingsDeps): OwedReadings {
  const debts = new Map<Owed, Debt>();
  let turns = 0;

  async function pay(what: Owed): Promise<void> {
    turns += 1;
    const turn = turns;
    const isLatest = () => debts.get(what)?.turn === turn;
    debts.set(what, { turn, hasFailed: debts.get(what)?.hasFailed ?? false });
    try {
      await read(what);
      if (isLatest()) debts.delete(what);
    } catch (cause) {
      if (isLatest()) debts.set(what, { turn, hasFailed: true });
      onFailure(what, cause);
    }
  }

  const failed = () => [...debts].filter(([, { hasFailed }]) => hasFailed).map(([what]) => what);
  return {
    owe: (what) => void pay(what),
    retry() {
      for (const what of failed()) void pay(what);
    },
    failed,
  };
}
