/**
 * The mails of the development outbox.
 *
 * @module
 */

import { createSend } from "@postern/client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../browser/problem_error.ts";

/** One mail, as `/dev/outbox.json` lists it. Not part of the contract: development alone has it. */
export interface OutboxMail {
  readonly id: string | number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly created_at: string;
  readonly status: string;
}

const send = createSend((url, init) => fetch(url, init), "");
const LOOK_AGAIN_MS = 2_000;

/** Asks for the mails, newest first, and looks again every other second. */
export function useOutbox(): UseQueryResult<readonly OutboxMail[]> {
  return useQuery({
    queryKey: ["outbox"],
    queryFn: async () => {
      const path = "/dev/outbox.json";
      const { items } = await unwrap(
        send<{ readonly items: readonly OutboxMail[] }>({ method: "GET", path }),
      );
      return items.toSorted((one, other) => other.created_at.localeCompare(one.created_at));
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}
