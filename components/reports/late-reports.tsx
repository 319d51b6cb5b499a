"use client";

import type { ReactElement, ReactNode } from "react";
import { ReportsTexts } from "@/lib/client/hooks/reports-texts";
import { ReportsProvider } from "@/lib/client/hooks/use-reports";

/** Words and code of reports, for the views below. */
export function LateReports(props: {
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}): ReactElement {
  const { children, ...rest } = props;
  return (
    <ReportsTexts {...rest}>
      <ReportsProvider {...rest}>{children}</ReportsProvider>
    </ReportsTexts>
  );
}
