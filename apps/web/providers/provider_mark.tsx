/**
 * The mark of a provider, beside its name.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { type BrandedProvider, brandOf } from "./provider_brand.ts";
import { MARKS } from "./provider_marks.ts";

/** What the mark is handed. */
export interface ProviderMarkProps {
  readonly provider: BrandedProvider;
  readonly size?: number;
}

/** Draws the mark, or a key for a provider that has none here. An ornament: the name stands beside it. */
export function ProviderMark({ provider, size = 20 }: ProviderMarkProps) {
  const brand = brandOf(provider);
  if (brand === "other") return <Icon name="key" size={size} />;
  const { viewBox, shapes } = MARKS[brand];
  return (
    <svg
      className="pt-provider-mark"
      viewBox={viewBox}
      width={size}
      height={size}
      aria-hidden="true"
    >
      {shapes.map(({ fill, d }) => (
        <path key={d} fill={fill} d={d} />
      ))}
    </svg>
  );
}
