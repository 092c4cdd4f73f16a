/**
 * Accounts at providers that one can sign in with, and linking others.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { Account } from "@postern/wire";
import { ProblemPanel } from "../../layout/problem_panel.tsx";
import { type Provider, useProviders } from "../../providers/use_providers.ts";
import { VisitFailure } from "../../providers/visit_failure.tsx";
import { LinkButtons } from "./link_buttons.tsx";
import { LinkedAccountRow } from "./linked_account_row.tsx";
import { ListGhosts } from "./list_ghosts.tsx";
import { Section } from "./section.tsx";
import { useLinkedAccounts } from "./use_linked_accounts.ts";
import { type Linking, useLinking } from "./use_linking.ts";

/** What the section is handed. */
export interface LinkedAccountsProps {
  /** Why a visit to a provider came to nothing; `null` where none did. */
  readonly failure: string | null;
}

/** Draws the section; nothing where there is no provider and nothing is linked. */
export function LinkedAccounts({ failure }: LinkedAccountsProps) {
  const providers = useProviders();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useLinkedAccounts();
  const linking = useLinking();
  const accounts = data?.pages.flatMap((page) => page.items);
  const isEmpty = accounts === undefined || accounts.length === 0;
  if (isEmpty && providers.length === 0 && failure === null) return null;
  return (
    <Section
      id="accounts"
      title="Linked accounts"
      words="Accounts elsewhere that you can sign in with here. Unlinking one changes nothing there."
    >
      <div className="pt-stack">
        {failure === null ? null : <VisitFailure code={failure} place="account" />}
        {error !== null && accounts === undefined ? (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <AccountList accounts={accounts} providers={providers} linking={linking} />
        )}
        {hasNextPage ? (
          <div>
            <Button
              variant="default"
              size="sm"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        ) : null}
        {accounts === undefined ? null : (
          <LinkButtons providers={unlinked(providers, accounts)} linking={linking} />
        )}
      </div>
    </Section>
  );
}

interface AccountListProps {
  readonly accounts: readonly Account[] | undefined;
  readonly providers: readonly Provider[];
  readonly linking: Linking;
}

function AccountList({ accounts, providers, linking }: AccountListProps) {
  if (accounts === undefined) return <ListGhosts label="Loading your linked accounts" count={1} />;
  if (accounts.length === 0) return <p className="pt-dim">No account is linked yet.</p>;
  const nowMs = Date.now();
  return (
    <ul className="pt-card pt-list">
      {accounts.map((account) => (
        <LinkedAccountRow
          key={account.id}
          account={account}
          provider={providers.find(({ id }) => id === account.provider)}
          linking={linking}
          nowMs={nowMs}
        />
      ))}
    </ul>
  );
}

/** One account of each is what people have; a second is linked once the first is gone. */
function unlinked(
  providers: readonly Provider[],
  accounts: readonly Account[],
): readonly Provider[] {
  return providers.filter(({ id }) => !accounts.some(({ provider }) => provider === id));
}
