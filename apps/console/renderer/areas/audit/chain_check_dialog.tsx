/**
 * Checking that no event was changed or taken away.
 *
 * @module
 */

import { Button, Loader } from "@mantine/core";
import { Notice } from "@postern/ui";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { ErrorPanel } from "../../parts/state_panel.tsx";

/** Opens it; the check begins at once. */
export function openChainCheck(): void {
  openDialog((close) => <ChainCheckDialog onClose={close} />);
}

function ChainCheckDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["audit", "chain"],
    queryFn: () => api.audit.verify.query(),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog title="The chain of events" onClose={onClose}>
      <div className="co-form">
        <p className="pt-dim">
          Every event holds the hash of the one before. The check goes through all of them from the
          first and tells where the first does not fit.
        </p>
        <div role="status">
          {data === undefined && error === null ? (
            <p className="co-waiting">
              <Loader size="sm" aria-hidden="true" /> Checking…
            </p>
          ) : null}
          {data?.ok === true ? (
            <Notice tone="good">
              All {data.checked.toLocaleString("en")} events fit. Nothing was changed or taken out.
            </Notice>
          ) : null}
          {data?.ok === false ? <Broken firstBad={data.first_bad} checked={data.checked} /> : null}
        </div>
        {error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />}
        <div className="co-dialog-actions">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Broken({
  firstBad,
  checked,
}: {
  readonly firstBad: string | null;
  readonly checked: number;
}) {
  return (
    <Notice tone="bad">
      <strong>The chain does not hold.</strong> The first event that does not fit is at position{" "}
      {firstBad ?? "unknown"}, after {checked.toLocaleString("en")} that do. Somebody, or something,
      wrote to the database past the server. Keep a copy of it now, and compare it with a backup.
    </Notice>
  );
}
