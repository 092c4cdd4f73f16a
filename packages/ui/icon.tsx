/**
 * The few icons there are, drawn with one stroke. All are ornaments: words stand beside them.
 *
 * @module
 */

const PATHS = {
  alert:
    "M12 8v5M12 16.5v.01M10.3 3.9 2.6 17.2A2 2 0 0 0 4.3 20h15.4a2 2 0 0 0 1.7-2.8L13.7 3.9a2 2 0 0 0-3.4 0z",
  arrow: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 18l-6-6 6-6",
  chat: "M4 5h16v11H11l-4.5 3.5V16H4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3 2",
  close: "M6 6l12 12M18 6L6 18",
  columns: "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  desktop: "M3 5h18v11H3zM9 20h6M12 16v4",
  dot: "M12 12v.01",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  filter: "M4 6h16M7 12h10M10 18h4",
  gauge: "M4 18a9 9 0 1 1 16 0M12 14l4-5M12 14v.01",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  info: "M12 11v5M12 7.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  key: "M14.5 9.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM13.5 12.5L20 19M17 16l2-2",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  list: "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  mail: "M3 6h18v12H3zM3 7l9 6.5L21 7",
  more: "M5 12v.01M12 12v.01M19 12v.01",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  person: "M15.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM5 20a7 7 0 0 1 14 0",
  plus: "M12 5v14M5 12h14",
  phone: "M7 3h10v18H7zM11 18h2",
  refresh: "M19 8A8 8 0 1 0 20 13M20 4v5h-5",
  search: "M17 11a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM15.5 15.5L20 20",
  shield: "M12 3l8 3v6c0 4.5-3.3 7.700-8 9-4.700-1.300-8-4.500-8-9V6z",
  sliders: "M4 8h9M17 8h3M15 6v4M4 16h3M11 16h9M9 14v4",
  sun: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  system: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  terminal: "M4 5h16v14H4zM8 10l2.5 2L8 14M12.5 15H16",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.700-1.400",
  unplugged:
    "M4 4l16 16M9 5v4M15 5v4M7 9h1M12 9h5v2.500a5 5 0 0 1-1 3M12 17v4M7 10v1.500A5 5 0 0 0 12 16.500",
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** Draws an icon in the colour of the text around it. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return <Line path={PATHS[name]} size={size} />;
}

/**
 * Draws an icon of a page's own, so that other pages do not load it.
 *
 * @param path The `d` of an SVG path in a square of 24.
 * @param size The side of the square, pixels.
 */
export function Line({ path, size = 20 }: { readonly path: string; readonly size?: number }) {
  return (
    <svg
      className="pt-icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
