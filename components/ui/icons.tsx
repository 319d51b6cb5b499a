import type { ReactElement } from "react";

/** Line icons on a 24-pixel grid; they take the colour and (by class) the size of their place, and say nothing. */

const PATHS = {
  alert: "M12 4 2.8 19.5h18.4ZM12 10v4.2M12 17.2v.1",
  arrowDown: "M12 5v14M6 13l6 6 6-6",
  arrowLeft: "M19 12H5M11 6l-6 6 6 6",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 20.5a2.2 2.2 0 0 0 4 0",
  bellOff:
    "m4 4 16 16M8.2 6.4A6 6 0 0 1 18 11v4M6.3 9.5A6 6 0 0 0 6 11v5.5L4.5 18H17M10 20.5a2.2 2.2 0 0 0 4 0",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.5 12.5 4 4L15 8M11.5 15.5l1 1L21 8",
  chevronDown: "m6 9.5 6 6 6-6",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10.5v10.5H9ZM15 9V4.5H4.5V15H9",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
  eyeOff:
    "m4 4 16 16M9.5 6A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.2 7.4A15.6 15.6 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M10 10a3 3 0 0 0 4 4",
  flag: "M6 20.5V4M6 5h11.5L15 9l2.5 4H6",
  forward: "M14 5.5 20.5 12 14 18.5v-4C9 14.5 6 16 3.5 18.5c.5-5 4-9 10.5-9.5Z",
  key: "M8 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 12h8.5v3.5M16.5 12v3",
  lock: "M6 10.5h12v9.5H6ZM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3",
  globe:
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c2.4 2.3 3.5 5.1 3.5 8.5s-1.1 6.2-3.5 8.5c-2.4-2.3-3.5-5.1-3.5-8.5s1.1-6.2 3.5-8.5Z",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5.5M12 7.8v.1",
  keyboard: "M3 6.5h18v11H3ZM6.5 10v.1M10 10v.1M14 10v.1M17.5 10v.1M7.5 14h9",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  monitor: "M3.5 5h17v11h-17ZM9 20h6M12 16v4",
  more: "M5 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4ZM12 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4ZM19 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4Z",
  moon: "M19.5 14A8 8 0 1 1 10 4.5a6.5 6.5 0 0 0 9.5 9.5Z",
  offline: "m4 4 16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4.5-2.5M14.5 9.5A10 10 0 0 1 19 12M12 19v.1",
  pencil: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5ZM13.5 7.5l3 3",
  pin: "M9 4h6l-.6 5.2 3.1 3.3v1.5h-11v-1.5l3.1-3.3ZM12 14v6.5",
  plus: "M12 5v14M5 12h14",
  poll: "M5 20v-7M12 20V4M19 20v-11",
  print: "M7.5 9V3.5h9V9M7.5 16.5H4.5V9h15v7.5h-3M7.5 14h9v6.5h-9Z",
  reply: "M10 5.5 3.5 12l6.5 6.5v-4c5 0 8 1.5 10.5 4-.5-5-4-9-10.5-9.5Z",
  retry: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.5M4.5 4v4.5H9",
  scan: "M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M4 12h16",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.8 15.8l4.7 4.7",
  searchText: "M4 5.5h16M4 10h5M4 14.5h4M14.5 9a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM17.8 16.8l3 3",
  send: "M4 12 20.5 4.5 15 20.5l-3.2-6.3ZM11.8 14.2l4-4.5",
  settings:
    "M4.5 7h9M17.5 7h2M4.5 17h2M10.5 17h9M15.5 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM8.5 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  shield: "M12 3.5 5 6v5.5c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6ZM9 12l2.2 2.2L15.2 10",
  signOut: "M14 4.5H5.5v15H14M10 12h10.5M16.5 8l4 4-4 4",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14a4.5 4.5 0 0 0 7 0M9 9.5v.1M15 9.5v.1",
  smilePlus: "M14 4.2A8 8 0 1 0 19.8 10M8 14a4.5 4.5 0 0 0 7 0M8.5 9.5v.1M14.5 9.5v.1M19 2.5v6M16 5.5h6",
  star: "m12 3.8 2.5 5.3 5.8.7-4.3 4 1.2 5.7-5.2-2.9-5.2 2.9 1.2-5.7-4.3-4 5.8-.7Z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.5 5.5 7 7M17 17l1.5 1.5M18.5 5.5 17 7M7 17l-1.5 1.5",
  thread: "M4.5 5h15v11h-8l-4.5 3.5V16h-2.5ZM8.5 9h7M8.5 12h4.5",
  timer: "M12 6a7.3 7.3 0 1 0 0 14.6A7.3 7.3 0 0 0 12 6ZM12 9.5v4M9.5 2.8h5M18 5.5l1.6 1.6",
  trash: "M4.5 6.5h15M9 6.5v-3h6v3M6.5 6.5l1 14h9l1-14M10 10.5v6M14 10.5v6",
  users:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.5-3.4 2.9-5 6.5-5s6 1.6 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.3.5 3.7 2 4 4.7",
  user: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.6-4 3.4-5.8 7.5-5.8s6.9 1.8 7.5 5.8",
  userPlus:
    "M10 4.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6ZM3.5 20c.5-3.6 3-5.2 6.5-5.2s6 1.6 6.5 5.2M18.5 8v6M15.5 11h6",
} as const;

export type IconName = keyof typeof PATHS;
export const ICON_NAMES = Object.keys(PATHS) as IconName[];

export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
