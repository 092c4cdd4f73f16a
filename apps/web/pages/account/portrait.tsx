/**
 * A person's picture, or a letter in its place.
 *
 * @module
 */

import "./portrait.css";
import { useState } from "react";

/** What the portrait is handed. */
export interface PortraitProps {
  readonly name: string;
  /** An https address, or empty. */
  readonly picture: string;
}

/** Draws the picture; one that does not load, or is not https, is as good as none. */
export function Portrait({ name, picture }: PortraitProps) {
  const [failed, setFailed] = useState<string>();
  if (!picture.startsWith("https://") || failed === picture) {
    return (
      <span className="pt-portrait" aria-hidden="true">
        {[...name.trim()][0]?.toUpperCase()}
      </span>
    );
  }
  return (
    <img
      className="pt-portrait"
      src={picture}
      alt=""
      width={56}
      height={56}
      referrerPolicy="no-referrer"
      onError={() => setFailed(picture)}
    />
  );
}
