/**
 * Where one is signed in, and ending it.
 *
 * @module
 */

import "./list.css";
import { Button } from "@mantine/core";
import { useRef } from "react";
import { ProblemPanel } from "../../layout/problem_panel.tsx";
import { DeviceRow } from "./device_row.tsx";
import { EndOthers } from "./end_others.tsx";
import { ListGhosts } from "./list_ghosts.tsx";
import { useSessions } from "./use_sessions.ts";

/** Lists the devices, this one first. */
export function DeviceList() {
  const list = useRef<HTMLUListElement>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useSessions();
  if (data === undefined) {
    return error === null ? (
      <ListGhosts label="Loading your devices" count={2} />
    ) : (
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    );
  }
  const sessions = data.pages.flatMap((page) => page.items);
  const nowMs = Date.now();
  // A button that goes with what it ended would leave focus nowhere.
  const focusList = () => list.current?.focus({ preventScroll: true });
  const ordered = sessions.toSorted((one, other) => Number(other.current) - Number(one.current));
  const others = sessions.filter((session) => !session.current);
  return (
    <>
      <ul ref={list} className="pt-card pt-list" tabIndex={-1} aria-label="Devices">
        {ordered.map((session) => (
          <DeviceRow key={session.id} session={session} nowMs={nowMs} onEnded={focusList} />
        ))}
      </ul>
      <div className="pt-list-foot">
        {hasNextPage ? (
          <Button
            variant="default"
            size="sm"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show more
          </Button>
        ) : null}
        {others.length > 0 ? (
          <EndOthers count={hasNextPage ? undefined : others.length} onEnded={focusList} />
        ) : (
          <p className="pt-dim">You are signed in nowhere else.</p>
        )}
      </div>
    </>
  );
}
