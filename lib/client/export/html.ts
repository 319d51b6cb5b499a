import { toBase64url } from "../../base/encoding.ts";

/** Text that is to be shown, never to be read as markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\0]/g, (char) => ESCAPES[char] ?? "\ufffd");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Colours of the messenger, by the reader's system; nothing is loaded and nothing runs. */
const STYLE = `:root{color-scheme:light dark;--paper:light-dark(#fcfaf6,#1a1815);--ink:light-dark(#211d18,#ede8df);--soft:light-dark(#5c554a,#b5ada0);--line:light-dark(#e4ddd1,#35312b);--bubble:light-dark(#f3eee5,#26231f);--tint:light-dark(#e4eaf8,#2a3454);--accent:light-dark(#2a4494,#a3b6f7)}
*{box-sizing:border-box}body{margin:0 auto;max-width:46rem;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2{font-family:Georgia,serif;font-weight:500;line-height:1.2}h1{margin:.5rem 0;font-size:1.9rem}h2{margin:2.5rem 0 .5rem;font-size:1.35rem}a{color:var(--accent)}p{margin:.25rem 0}
.soft{color:var(--soft);font-size:.9rem}.day{margin:2rem 0 .75rem;border-top:1px solid var(--line);padding-top:.5rem;color:var(--soft);font-size:.85rem}
article{margin:.4rem 0;border-radius:1rem;padding:.5rem .9rem;background:var(--bubble);width:fit-content;max-width:88%}article.mine{margin-inline-start:auto;background:var(--tint)}article header{color:var(--soft);font-size:.8rem}article p{white-space:pre-wrap}article.none{background:none;color:var(--soft);font-style:italic}
ul{padding:0;list-style:none}li{border-top:1px solid var(--line);padding:.6rem 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem}dt{color:var(--soft)}dd{margin:0}
@media print{article{break-inside:avoid}}`;

/** @param title, body already escaped */
export function pageStart(locale: string, title: string): string {
  // Should a bug let markup through, it still could not do anything.
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>
${STYLE}
</style>
</head>
<body>
`;
}

export const PAGE_END = "</body>\n</html>\n";

/** JSON with byte strings in base64url; `<` cannot end anything it might be pasted into. */
export function toJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(
    value,
    (_, field) => (field instanceof Uint8Array ? toBase64url(field) : field),
    indent,
  );
  return text.replaceAll("<", "\\u003c");
}
