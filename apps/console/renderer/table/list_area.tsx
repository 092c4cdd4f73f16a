/**
 * An area that is a list: its query, views and columns, the table, what is chosen, and what is open.
 *
 * @module
 */

import "./list_area.css";
import { AreaHead } from "../parts/area_head.tsx";
import { BulkBar } from "./bulk_bar.tsx";
import { DataTable } from "./data_table.tsx";
import { FacetRail } from "./facet_rail.tsx";
import { ListFoot } from "./list_foot.tsx";
import type { ListSpec } from "./list_spec.ts";
import { ListStates } from "./list_states.tsx";
import { ListTools } from "./list_tools.tsx";
import { NewRowsPill } from "./new_rows_pill.tsx";
import { QueryBox } from "./query_box.tsx";
import { useFacets } from "./use_facets.ts";
import { useListArea } from "./use_list_area.ts";

/** Draws the area. */
export function ListArea<Row>({ spec }: { readonly spec: ListSpec<Row> }) {
  const area = useListArea(spec);
  const { Detail } = spec;
  const { query, list, columns, openId } = area;
  const facets = useFacets(spec, query);
  const isOpen = openId !== null && Detail !== undefined;
  return (
    <section className="co-area" aria-labelledby="area-title">
      <AreaHead title={spec.title}>{spec.headActions}</AreaHead>
      <QueryBox
        box={area.box}
        label={`Find ${spec.noun[1]}`}
        fields={spec.fields}
        query={query}
        error={area.wrongQuery}
        onApply={area.ask}
      />
      <ListTools
        spec={spec}
        query={query}
        onAsk={area.ask}
        columns={columns}
        list={list}
        facets={facets}
      />
      <div className="co-split" data-open={isOpen} data-facets={facets.isOpen}>
        {facets.isOpen ? (
          <FacetRail facets={facets} query={query} noun={spec.noun[1]} onAsk={area.ask} />
        ) : null}
        <div className="co-list" data-old={list.isOld}>
          <NewRowsPill fresh={area.fresh} list={list} />
          {area.isListed ? (
            <ListTable spec={spec} area={area} />
          ) : (
            <ListStates spec={spec} list={list} query={query} onAsk={area.ask} />
          )}
          <BulkBar spec={spec} query={query} selection={area.selection} list={list} />
        </div>
        {isOpen ? <Detail key={openId} id={openId} onClose={area.close} /> : null}
      </div>
    </section>
  );
}

interface ListTableProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly area: ReturnType<typeof useListArea<Row>>;
}

function ListTable<Row>({ spec, area }: ListTableProps<Row>) {
  return (
    <DataTable
      label={spec.title}
      columns={area.columns.shown}
      rows={area.list.rows}
      rowId={spec.rowId}
      rowLabel={spec.rowLabel}
      goneIds={area.fresh.gone}
      cursorId={area.cursorId}
      openId={area.openId}
      choice={area.choice}
      onPoint={area.setCursorId}
      onOpen={area.show}
      onMenu={area.onMenu}
      onEnd={area.onEnd}
      foot={<ListFoot list={area.list} noun={spec.noun} />}
    />
  );
}
