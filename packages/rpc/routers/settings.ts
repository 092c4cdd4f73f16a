/**
 * Settings: what came from the environment, to be seen.
 *
 * @module
 */

import { adminSetting, pageOf } from "@postern/wire";
import { permit, router } from "../procedure.ts";

/** The area. */
export const settings = router({
  get: permit("settings.read")
    .output(pageOf(adminSetting))
    .query(({ ctx }) => {
      const items = ctx.deps.settings().map(({ name, value }) => ({
        name,
        value: typeof value === "object" && value !== null ? [...value] : value,
        source: "environment" as const,
        editable: false as const,
      }));
      return { items, next: null };
    }),
});
