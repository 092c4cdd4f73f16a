/**
 * What the query box offers at the caret.
 *
 * @module
 */

import { type Choice, FIELD_HINTS, FIELD_VALUES, type QueryField } from "./query_fields.ts";
import { type Part, partAt, termText } from "./query_text.ts";

/** Values that the server knows, such as names of users. */
export type FindValues = (field: QueryField, typed: string) => Promise<readonly Choice[]>;

/** What can stand in the place of the part under the caret. */
export interface Completion {
  readonly part: Part;
  readonly choices: readonly (Choice & { readonly label: string })[];
}

/** Most choices that are shown. */
const CHOICES_MAX = 8;

/** Finds what can be typed next. `fields` are those of the list. */
export async function complete(
  text: string,
  caret: number,
  {
    fields,
    findValues,
  }: { readonly fields: readonly QueryField[]; readonly findValues: FindValues },
): Promise<Completion> {
  const part = partAt(text, caret);
  const field = fields.find((one) => one === part.field);
  if (part.field === null) return { part, choices: fieldChoices(text, part, fields) };
  if (field === undefined) return { part, choices: [] };
  const known = (FIELD_VALUES[field] ?? []).filter((choice) => matches(choice.value, part.typed));
  const found = await findValues(field, part.typed);
  const all = [...found, ...known.filter(({ value }) => !found.some((one) => one.value === value))];
  return {
    part,
    choices: all.slice(0, CHOICES_MAX).map(({ value, hint }) => ({
      value: termText({ field, value }),
      label: value,
      hint,
    })),
  };
}

function fieldChoices(text: string, part: Part, fields: readonly QueryField[]) {
  const rest = `${text.slice(0, part.start)} ${text.slice(part.end)}`;
  return fields
    .filter((field) => field.startsWith(part.typed.toLowerCase()) && !rest.includes(`${field}:`))
    .map((field) => ({ value: `${field}:`, label: `${field}:`, hint: FIELD_HINTS[field] }));
}

function matches(value: string, typed: string): boolean {
  return value.includes(typed.toLowerCase());
}
