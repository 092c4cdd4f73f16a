/**
 * Fields as a table.
 *
 * @module
 */

import "./field_table.css";
import type { ApiField } from "./schema_fields.ts";

/** What the table is handed. */
export interface FieldTableProps {
  /** What the fields are of, for those who do not see where the table stands. */
  readonly caption: string;
  readonly fields: readonly ApiField[];
}

/** Draws the table; on a narrow screen each row becomes a block. */
export function FieldTable({ caption, fields }: FieldTableProps) {
  return (
    <table className="pt-fields">
      <caption className="pt-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Notes</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">{field.name}</th>
            <td>{field.type}</td>
            <td>
              {field.isRequired ? "Required" : "Optional"}
              {field.words === "" ? "" : `. ${field.words}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
