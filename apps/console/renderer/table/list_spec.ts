/**
 * What one list says of itself; the rest is the same for all of them.
 *
 * @module
 */

import type { IconName } from "@postern/ui";
import type { ComponentType, ReactNode } from "react";
import type { ConsoleState } from "../../ipc/bridge.ts";
import type { MenuItem } from "../parts/menus.tsx";
import type { QueryField } from "../query/query_fields.ts";
import type { AreaId } from "../route/area_list.ts";
import type { Column } from "./column.ts";
import type { FetchFacets } from "./facets.ts";
import type { FetchPage, Page } from "./use_list.ts";

/** A query with a name. */
export interface View {
  readonly name: string;
  readonly query: string;
}

/** The rows that are chosen. */
export type Chosen<Row> =
  | { readonly kind: "some"; readonly rows: readonly Row[] }
  | { readonly kind: "all"; readonly query: string };

/** Something that is done with all that are chosen. */
export interface BulkAction<Row> {
  readonly label: string;
  readonly tone?: "danger";
  /** Why it cannot be done; null where it can. */
  readonly hindrance: (state: ConsoleState, chosen: Chosen<Row>) => string | null;
  /** Asks what is left to ask, and does it. `onDone` forgets the choice. */
  readonly open: (chosen: Chosen<Row>, onDone: () => void) => void;
}

/** What the panel beside a list is handed. */
export interface DetailProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** A list. */
export interface ListSpec<Row> {
  readonly area: AreaId;
  readonly title: string;
  /** One of them, and many. */
  readonly noun: readonly [string, string];
  readonly fields: readonly QueryField[];
  readonly fetchPage: FetchPage<Row>;
  /** Counts what the rows that match are. */
  readonly facets?: FetchFacets;
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly rowLabel: (row: Row) => string;
  readonly views: readonly View[];
  readonly rowActions: (row: Row, state: ConsoleState) => readonly MenuItem[];
  readonly bulk: readonly BulkAction<Row>[];
  /**
   * Follows new rows of a list whose rows stay for ever: from a row on, or from now, each time the newest
   * first. Tells once at the beginning, too.
   */
  readonly follow?: (
    query: string,
    after: string | null,
    onRows: (rows: readonly Row[]) => void,
  ) => { unsubscribe: () => void };
  /** Follows the newest page of a list whose rows come and go: at once, and when it is another one. */
  readonly followPage?: (
    query: string,
    onPage: (page: Page<Row>) => void,
  ) => { unsubscribe: () => void };
  readonly empty: { readonly icon: IconName; readonly title: string; readonly words: string };
  readonly headActions?: ReactNode;
  readonly Detail?: ComponentType<DetailProps>;
}
