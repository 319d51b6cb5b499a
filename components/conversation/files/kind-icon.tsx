import type { ReactElement } from "react";

const SHEET = "M6.5 3.5h7.5l4.5 4.5v12.5h-12ZM13.5 3.5v5h5";
const PATHS = {
  picture: "M4 5h16v14H4ZM4 16l4.5-4.5 4 4 2.5-2.5 5 5M14.8 8.8v.1",
  film: "M4 5.5h16v13H4ZM10.2 9.3v5.4l4.6-2.7Z",
  sound:
    "M9 17.5V6l9.5-2v11.5M9 17.5a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0ZM18.5 15.5a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0Z",
  archive: "M4.5 4.5h15v5h-15ZM6 9.5v10h12v-10M10 13h4",
  text: `${SHEET}M9.5 12.5h6M9.5 16h6`,
  other: SHEET,
} as const;
type Kind = keyof typeof PATHS;

const ENDINGS: readonly (readonly [Kind, RegExp])[] = [
  ["picture", /\.(?:png|jpe?g|gif|webp|avif|heic|svg|bmp|tiff?)$/i],
  ["film", /\.(?:mp4|m4v|mov|webm|mkv|avi)$/i],
  ["sound", /\.(?:mp3|m4a|ogg|opus|flac|wav|aac)$/i],
  ["archive", /\.(?:zip|tar|gz|xz|zst|7z|rar|bz2)$/i],
  ["text", /\.(?:pdf|txt|md|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|pages|key|numbers)$/i],
];

/** What the name promises; nothing is done by it. */
export function KindIcon({ name }: { name: string }): ReactElement {
  const kind = ENDINGS.find(([, ending]) => ending.test(name))?.[0] ?? "other";
  return (
    <svg
      viewBox="0 0 24 24"
      className="size-6 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[kind]} />
    </svg>
  );
}
