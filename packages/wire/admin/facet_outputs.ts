/**
 * What the newest items of a list are made of.
 *
 * @module
 */

import { z } from "zod";

const count = z.int().min(0);

/** Values, and how often each was met; the most frequent first. */
const facet = z.array(z.object({ value: z.string(), count }));

const counted = z.object({
  counted: count,
  /** Whether there are older ones that were not counted. */
  more: z.boolean(),
});

/** What the newest events of a query are made of. */
export const eventFacets = counted.extend({ action: facet, user: facet, ip: facet });

/** What the newest live sessions of a query are made of. */
export const sessionFacets = counted.extend({
  user: facet,
  ip: facet,
  provider: facet,
  role: facet,
});

/** What the newest users of a query are made of. */
export const userFacets = counted.extend({ state: facet, role: facet });
