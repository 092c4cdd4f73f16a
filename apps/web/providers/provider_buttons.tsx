/**
 * The providers to sign in or sign up with, above the form: for most people they are the way in, and
 * a form that grows by what is wrong with it does not move them.
 *
 * @module
 */

import "./provider_buttons.css";
import { useId } from "react";
import { withNext } from "../browser/safe_next.ts";
import { lastWay } from "./last_way.ts";
import { brandOf } from "./provider_brand.ts";
import { ProviderMark } from "./provider_mark.tsx";
import { type Provider, useLastProvider, useProviders } from "./use_providers.ts";
import { visitedProvider } from "./visited_provider.ts";

/** What the buttons are handed. */
export interface ProviderButtonsProps {
  /** Where to go when signed in: a path of this origin. */
  readonly next: string;
  /** What the form below takes instead, such as "or with your password". */
  readonly otherwise: string;
  /** Whether to say which was used last. */
  readonly isHinted?: boolean;
}

/** Draws a button each, and the line between them and the form; nothing where there are none. */
export function ProviderButtons({ next, otherwise, isHinted = true }: ProviderButtonsProps) {
  const providers = useProviders();
  const last = useLastProvider();
  if (providers.length === 0) return null;
  return (
    <>
      <ul className="pt-ways" aria-label="Ways in without a password">
        {providers.map((provider) => (
          <Way
            key={provider.id}
            provider={provider}
            next={next}
            isLast={isHinted && provider === last}
          />
        ))}
      </ul>
      <p className="pt-or">{otherwise}</p>
    </>
  );
}

interface WayProps {
  readonly provider: Provider;
  readonly next: string;
  readonly isLast: boolean;
}

/** An ordinary link: the server sends the browser on, so that it works in a new tab too. */
function Way({ provider, next, isLast }: WayProps) {
  const { id, name, login_url: loginUrl } = provider;
  const hintId = useId();
  return (
    <li className="pt-way-item">
      <a
        className="pt-way"
        href={withNext(loginUrl, next)}
        data-brand={brandOf(provider)}
        aria-describedby={isLast ? hintId : undefined}
        onClick={() => {
          lastWay.write(id);
          visitedProvider.write(id);
        }}
      >
        <ProviderMark provider={provider} />
        <span>Continue with {name}</span>
      </a>
      {isLast ? (
        <p className="pt-way-hint" id={hintId}>
          You used {name} last time
        </p>
      ) : null}
    </li>
  );
}
