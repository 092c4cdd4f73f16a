/**
 * What the procedures give, as types.
 *
 * @module
 */

import type { inferRouterOutputs } from "@trpc/server";
import type { AdminRouter } from "./bridge_link.ts";

type Outputs = inferRouterOutputs<AdminRouter>;

/** A user in a list. */
export type UserRow = Outputs["users"]["list"]["items"][number];

/** A user with what belongs to it. */
export type UserDetail = Outputs["users"]["get"];

/** A session in a list. */
export type SessionRow = Outputs["sessions"]["list"]["items"][number];

/** A session with its user, and how it ended. */
export type SessionDetail = Outputs["sessions"]["get"];

/** An event with its place in the chain. */
export type EventDetail = Outputs["audit"]["get"];

/** An event. */
export type EventRow = Outputs["audit"]["list"]["items"][number];

/** A limit. */
export type LimitRow = Outputs["limits"]["list"]["items"][number];

/** Addresses that are kept out. */
export type AddressBlockRow = Outputs["limits"]["listBlockedAddresses"]["items"][number];

/** What limits did lately. */
export type Pressure = Outputs["limits"]["pressure"];

/** A provider. */
export type ProviderRow = Outputs["providers"]["list"]["items"][number];

/** A key ring. */
export type RingRow = Outputs["secrets"]["list"]["items"][number];

/** A key of a ring. */
export type KeyRow = RingRow["keys"][number];

/** A setting. */
export type SettingRow = Outputs["settings"]["get"]["items"][number];

/** The state of things. */
export type Summary = Outputs["overview"]["summary"];
