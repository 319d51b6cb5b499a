import type { ReactElement, ReactNode } from "react";
import "./globals.css";

/** No markup: `<html>` belongs to the layout that knows the language, and to not-found. */
export default function RootLayout({ children }: { children: ReactNode }): ReactElement {
  return <>{children}</>;
}
