/**
 * A moment, as it crosses the wire.
 *
 * @see RFC 3339
 * @module
 */

import { z } from "zod";

/** RFC 3339 in UTC with milliseconds, such as `2026-01-02T03:04:05.678Z`. */
export const timestamp = z.iso.datetime({ precision: 3 });
