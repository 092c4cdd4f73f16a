/**
 * Whose mark and colours a provider's button has.
 *
 * @module
 */

const BRANDS = ["apple", "discord", "github", "gitlab", "google", "microsoft"] as const;

/** A brand that is drawn as its owner wants it; `other` has no rules and gets a key. */
export type Brand = (typeof BRANDS)[number] | "other";

/** What a brand is told by. */
export interface BrandedProvider {
  readonly id: string;
  /** `google` and `github` are what they say; what only speaks OpenID may be anybody. */
  readonly kind: string;
  readonly name: string;
}

/**
 * Tells the brand by the kind, else by the id, else by the first word of the name: operators call a
 * provider "GitLab at work", and give it an id of their own.
 */
export function brandOf({ id, kind, name }: BrandedProvider): Brand {
  const firstWord = name.trim().split(/\s/)[0]?.toLowerCase();
  const told = [kind, id, firstWord];
  for (const word of told) {
    const brand = BRANDS.find((known) => known === word);
    if (brand !== undefined) return brand;
  }
  return "other";
}
