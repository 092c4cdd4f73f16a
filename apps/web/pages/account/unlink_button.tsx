/**
 * Taking a linked account away.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { ConfirmDialog } from "@postern/ui";
import type { Account } from "@postern/wire";
import { type ReactNode, useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { PageLink } from "../../browser/page_link.tsx";
import { problemWords } from "../../forms/problem_words.ts";
import { reloadLinkedAccounts } from "./use_linked_accounts.ts";

/** Draws the button, and asks before it acts. The last way in stays, and the words say what to do. */
export function UnlinkButton({ account }: { readonly account: Account }) {
  const { provider_name: name, label } = account;
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ReactNode>();

  async function unlink(): Promise<void> {
    setBusy(true);
    setError(undefined);
    const answer = await api.unlinkAccount(account.id);
    setBusy(false);
    // One that is gone already is what was asked for.
    if (answer.ok || answer.problem.code === "not_found") {
      setOpen(false);
      toasts.add(`${name} is unlinked`);
      await reloadLinkedAccounts();
      return;
    }
    const isLast = answer.problem.code === "last_way_in";
    setError(isLast ? lastWayWords(() => setOpen(false)) : problemWords(answer.problem));
  }

  function open(): void {
    setError(undefined);
    setOpen(true);
  }

  return (
    <>
      <Button variant="default" size="sm" onClick={open} aria-label={`Unlink ${name}`}>
        Unlink
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Unlink ${name}?`}
        confirmLabel="Unlink"
        isBusy={isBusy}
        error={error}
        onConfirm={() => void unlink()}
        onClose={() => setOpen(false)}
      >
        You can then no longer sign in here with{" "}
        {label === null ? "that account" : <strong>{label}</strong>}. The account at {name} stays as
        it is.
      </ConfirmDialog>
    </>
  );
}

function lastWayWords(onLeave: () => void): ReactNode {
  return (
    <>
      This is the only way into your account.{" "}
      <PageLink href="/account#password" onClick={onLeave}>
        Set a password first
      </PageLink>
      , then unlink it.
    </>
  );
}
