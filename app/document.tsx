import type { ReactElement, ReactNode } from "react";
import { THEME_SCRIPT } from "@/lib/client/hooks/theme-script";
import type { Locale } from "@/lib/client/hooks/translate";

const FONTS = ["/fonts/figtree-latin.woff2", "/fonts/newsreader-latin-500.woff2"];

/** What every page is wrapped in. The theme is set before the first paint, hence the attribute React did not write. */
export function Document(props: { locale: Locale; children: ReactNode }): ReactElement {
  return (
    <html lang={props.locale} suppressHydrationWarning>
      <head>
        {FONTS.map((font) => (
          <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossOrigin="" />
        ))}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, hashed into the page's CSP. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>{props.children}</body>
    </html>
  );
}
