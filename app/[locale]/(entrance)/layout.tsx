import type { ReactElement, ReactNode } from "react";
import { EntranceFrame } from "@/components/entrance/entrance-frame";
import { EntranceProvider } from "@/lib/client/hooks/use-entrance";
import { type LocaleParams, messagesOf } from "../params";

export default async function EntranceLayout({
  children,
  params,
}: LocaleParams & { children: ReactNode }): Promise<ReactElement> {
  const messages = await messagesOf(params);
  return (
    <EntranceFrame
      sealed={messages["entrance.sealed"]}
      opened={messages["entrance.opened"]}
      promise={messages["entrance.promise"]}
    >
      <EntranceProvider>{children}</EntranceProvider>
    </EntranceFrame>
  );
}
