/**
 * Icons of the chat alone, so that other pages do not load them.
 *
 * @module
 */

import { Line } from "@postern/ui";

const PATHS = {
  back: "M19 12H5M11 6l-6 6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  people:
    "M12.5 8.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM3.5 19.5a6 6 0 0 1 12 0M15.5 5.7a3 3 0 0 1 0 5.6M17.5 14.2a6 6 0 0 1 3 5.3",
  plus: "M12 5v14M5 12h14",
  send: "M4.5 12h9M4.5 12 3.5 4.5 20.5 12l-17 7.5z",
} as const;

/** What it is handed. */
export interface ChatIconProps {
  readonly name: keyof typeof PATHS;
  readonly size?: number;
}

/** Draws an icon in the colour of the text around it. */
export function ChatIcon({ name, size = 20 }: ChatIconProps) {
  return <Line path={PATHS[name]} size={size} />;
}
