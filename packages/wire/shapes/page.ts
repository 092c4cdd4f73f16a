/**
 * Lists, a page at a time.
 *
 * @module
 */

import { z } from "zod";
import { PAGE_LIMIT, PAGE_LIMIT_MAX } from "../credentials.ts";

/** What asks for a page: how many items, and after which. */
export const pageQuery = z.object({
  limit: z.preprocess(digitsOnly, z.number().int().min(1).max(PAGE_LIMIT_MAX)).default(PAGE_LIMIT),
  cursor: z.string().min(1).max(512).optional(),
});

/** Reads decimal digits, and leaves the rest as it is: no `0x2`, `1e2` or blanks. */
function digitsOnly(value: unknown): unknown {
  return typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : value;
}

/** A page of items; `next` asks for the following one, and is null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
