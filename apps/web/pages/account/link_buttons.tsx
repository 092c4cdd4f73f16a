/**
 * The providers whose accounts can still be linked.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { ProviderMark } from "../../providers/provider_mark.tsx";
import type { Provider } from "../../providers/use_providers.ts";
import type { Linking } from "./use_linking.ts";

/** What the buttons are handed. */
export interface LinkButtonsProps {
  readonly providers: readonly Provider[];
  readonly linking: Linking;
}

/** Draws a button each. */
export function LinkButtons({ providers, linking }: LinkButtonsProps) {
  if (providers.length === 0) return null;
  return (
    <div className="pt-row">
      {providers.map((provider) => (
        <Button
          key={provider.id}
          variant="default"
          size="sm"
          leftSection={<ProviderMark provider={provider} size={16} />}
          loading={linking.leavingTo === provider.id}
          onClick={() => void linking.link(provider.id)}
        >
          Link {provider.name}
        </Button>
      ))}
    </div>
  );
}
