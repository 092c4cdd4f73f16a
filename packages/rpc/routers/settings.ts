/**
 * Settings: all to be seen, some to be changed while the server runs.
 *
 * @module
 */

import { type LiveSetting, updateSetting } from "@postern/auth";
import { adminSetting, pageOf, updateSettingInput } from "@postern/wire";
import type { AdminDeps, Setting } from "../context.ts";
import { permit, router } from "../procedure.ts";
import { refused, unwrap } from "../refused.ts";

/** The area. */
export const settings = router({
  get: permit("settings.read")
    .output(pageOf(adminSetting))
    .query(({ ctx }) => ({ items: ctx.deps.settings().map(settingShape), next: null })),
  update: permit("settings.update")
    .input(updateSettingInput)
    .output(adminSetting)
    .mutation(async ({ ctx, input }) => {
      const { editable, value } = find(ctx.deps, input.name);
      if (!editable) throw refused("conflict", `${input.name} is set by the environment`);
      const before = value as LiveSetting["value"];
      const { expected, ...setting } = input;
      unwrap(await updateSetting(ctx.deps, ctx.actor, { setting, before, expected }));
      await ctx.deps.reloadSettings();
      return settingShape(find(ctx.deps, input.name));
    }),
});

function find({ settings }: AdminDeps, name: LiveSetting["name"]): Setting {
  const found = settings().find((setting) => setting.name === name);
  if (found === undefined) throw new TypeError(`Cannot find the setting ${name}`);
  return found;
}

function settingShape({ name, value, source, editable }: Setting) {
  const copied = typeof value === "object" && value !== null ? [...value] : value;
  return { name, value: copied, source, editable };
}
