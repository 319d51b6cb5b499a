import type { ReactElement, ReactNode } from "react";
import { EntranceFrame } from "@/components/entrance/entrance-frame";
import { EntranceProvider } from "@/lib/client/hooks/use-entrance";
import { LocalizedPage } from "../localized-page";
import { type LocaleParams, messagesOf } from "../params";

/** A page before the messenger. */
export async function EntrancePage(props: LocaleParams & { children: ReactNode }): Promise<ReactElement> {
  const messages = await messagesOf(props.params);
  return (
    <LocalizedPage params={props.params}>
      <EntranceFrame messages={messages}>
        <EntranceProvider>{props.children}</EntranceProvider>
      </EntranceFrame>
    </LocalizedPage>
  );
}
