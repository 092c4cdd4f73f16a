/**
 * What the address says of a visit to a provider that has just ended here.
 *
 * @module
 */

import { useEffect, useState } from "react";
import { useAddress } from "../../browser/address_context.ts";
import { toasts } from "../../browser/api.ts";
import { visitedProvider } from "../../providers/visited_provider.ts";
import { useLinkedAccounts } from "./use_linked_accounts.ts";

/**
 * Reads it once, and takes it out of the address, so that loading the page again does not say it
 * again. That an account was linked is noted only where the list has it: an address may claim anything.
 *
 * @returns the code of what went wrong; `null` where nothing did.
 */
export function useVisitReturn(): string | null {
  const { query } = useAddress();
  const [failure] = useState(query.get("error"));
  const [linked] = useState(query.get("linked"));
  const { data } = useLinkedAccounts();
  const accounts = data?.pages.flatMap((page) => page.items) ?? [];
  const name = accounts.find(({ provider }) => provider === linked)?.provider_name;
  useEffect(() => {
    if (failure === null && linked === null) return;
    history.replaceState(history.state, "", `${location.pathname}${location.hash}`);
  }, [failure, linked]);
  useEffect(() => {
    if (name === undefined) return;
    visitedProvider.clear();
    toasts.add(`Your ${name} account is linked`);
  }, [name]);
  return failure;
}
