/**
 * The area of limits: how much is let through, and who is kept out.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon } from "@postern/ui";
import { AreaHead } from "../../parts/area_head.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openBlockAddress } from "./block_address_dialog.tsx";
import { BlockedAddresses } from "./blocked_addresses.tsx";
import { HeldBack } from "./held_back.tsx";
import { LimitTable } from "./limit_table.tsx";

/** Draws it. */
export function LimitsArea() {
  const hindrance = useHindrance("limits.edit");
  return (
    <section className="co-area co-area-scroll" aria-labelledby="area-title">
      <AreaHead title="Limits">
        <Button
          size="sm"
          color="red"
          variant="outline"
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          leftSection={<Icon name="shield" size={15} />}
          onClick={() => openBlockAddress("")}
        >
          Block an address…
        </Button>
      </AreaHead>
      <HeldBack />
      <LimitTable />
      <BlockedAddresses />
    </section>
  );
}
