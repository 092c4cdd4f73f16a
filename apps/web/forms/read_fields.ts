/**
 * Values of a form, and what is wrong with them, by field.
 *
 * @module
 */

import type { ClientProblem, ClientProblemCode } from "@postern/client";

/** What was typed, by the field's name. */
export type Values<Field extends string> = Readonly<Record<Field, string>>;

/** Words beside a field; a field without any is good. */
export type FieldErrors<Field extends string> = Partial<Readonly<Record<Field, readonly string[]>>>;

/**
 * Reads a form as the browser has it. Asking the form and not a copy of it means that what a
 * password manager put in counts, whether or not it told anybody.
 */
export function readValues<Field extends string>(
  data: FormData,
  fields: readonly Field[],
): Values<Field> {
  const entries = fields.map((field) => {
    const value = data.get(field);
    return [field, typeof value === "string" ? value : ""];
  });
  return Object.fromEntries(entries);
}

/** Finds fields that were left empty. */
export function findEmpty<Field extends string>(
  values: Values<Field>,
  words: Partial<Readonly<Record<Field, string>>>,
): FieldErrors<Field> {
  const fields = Object.keys(words) as Field[];
  const empty = fields.filter((field) => values[field].trim() === "");
  return errorsOf(empty.map((field) => [field, [words[field] ?? ""]]));
}

/** Which field a problem belongs to that names none. */
export type FieldOfCode<Field extends string> = Partial<Readonly<Record<ClientProblemCode, Field>>>;

/** A problem, taken apart: what goes beside fields, and whether something is left to say above. */
export interface PlacedProblem<Field extends string> {
  readonly errors: FieldErrors<Field>;
  readonly isPlaced: boolean;
}

/** What placing a problem needs to know of a form. */
export interface FieldPlan<Field extends string> {
  readonly fields: readonly Field[];
  readonly fieldOf: FieldOfCode<Field>;
  readonly words: (problem: ClientProblem) => string;
}

/** Puts a problem beside the fields that it is about; one about no field of the form goes above. */
export function placeProblem<Field extends string>(
  problem: ClientProblem,
  { fields, fieldOf, words }: FieldPlan<Field>,
): PlacedProblem<Field> {
  const own = fieldOf[problem.code];
  if (own !== undefined) {
    return { errors: errorsOf([[own, [words(problem)]]]), isPlaced: true };
  }
  const errors: Partial<Record<Field, string[]>> = {};
  let placed = 0;
  for (const { path, detail } of problem.errors) {
    const field = fields.find((name) => name === path);
    if (field === undefined) continue;
    errors[field] = [...(errors[field] ?? []), detail];
    placed += 1;
  }
  return { errors, isPlaced: placed > 0 && placed === problem.errors.length };
}

function errorsOf<Field extends string>(
  entries: readonly (readonly [Field, readonly string[]])[],
): FieldErrors<Field> {
  const errors: Partial<Record<Field, readonly string[]>> = {};
  for (const [field, lines] of entries) errors[field] = lines;
  return errors;
}
