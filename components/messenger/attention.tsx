"use client";

import { type ReactElement, useEffect } from "react";
import { Announcements } from "@/components/announcements/announcements";
import { LateReports } from "@/components/reports/late-reports";
import { ReportNews } from "@/components/reports/report-news";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { AccountProvider } from "@/lib/client/hooks/use-account";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { Expiry } from "./expiry";
import { News } from "./news";

/** Nobody asked for this, so nobody is told that it could not be fetched: it is tried again. */
const RETRY_MS = 30_000;

/** What the app says by itself about the account; fetched once the messenger has come to rest. */
export function Attention(): ReactElement {
  return (
    <div role="status">
      <AccountTexts failed={again}>
        <Announcements />
        <AccountProvider loading={null} failed={again}>
          <Expiry />
          <News />
        </AccountProvider>
      </AccountTexts>
      <LateReports loading={null} failed={again}>
        <ReportNews />
      </LateReports>
    </div>
  );
}

const again = (_: unknown, retry: () => void): ReactElement => <Again retry={retry} />;

function Again({ retry }: { retry: () => void }): null {
  const online = useMessengerState((state) => state.connection === "online");
  useEffect(() => {
    if (!online) return;
    const timer = setTimeout(retry, RETRY_MS);
    return () => clearTimeout(timer);
  }, [online, retry]);
  return null;
}
