import type { ReactElement, ReactNode } from "react";
import { PreferencesBar } from "@/components/preferences/preferences-bar";
import { Wordmark } from "@/components/ui/mark";
import type { Messages } from "@/lib/client/hooks/translate";
import { Envelope } from "./envelope";

/** The look of every page before the messenger: an envelope beside the form, or above it on a phone. */
export function EntranceFrame(props: { messages: Messages; children: ReactNode }): ReactElement {
  const { messages } = props;
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row print:block">
      <div className="relative h-24 shrink-0 bg-shade lg:sticky lg:top-0 lg:h-dvh lg:w-[44%] print:hidden">
        <div className="absolute inset-0 lg:hidden">
          <Envelope compact />
        </div>
        <div className="max-lg:hidden">
          <Envelope />
          <aside className="absolute inset-x-8 bottom-[9%] text-center">
            <p className="font-serif text-[2.125rem] leading-tight">
              {messages["entrance.sealed"]}
              <br />
              {messages["entrance.opened"]}
            </p>
            <p className="mt-4 text-balance text-soft">{messages["entrance.promise"]}</p>
          </aside>
        </div>
      </div>
      <div className="flex min-w-0 flex-1 flex-col px-5 pt-14 pb-4 sm:px-10 lg:pt-8 print:p-0">
        <header className="max-lg:self-center print:hidden">
          {/* On a phone the envelope above already carries the seal. */}
          <Wordmark className="max-lg:[&_svg]:hidden" />
        </header>
        <main className="mx-auto w-full max-w-md py-7 max-lg:flex-1 lg:my-auto lg:py-10">
          {props.children}
        </main>
        <PreferencesBar>
          <a
            href="/privacy"
            className="target inline-flex items-center px-2.5 text-faint underline underline-offset-3 hover:text-ink"
          >
            {messages["entrance.privacy"]}
          </a>
        </PreferencesBar>
      </div>
    </div>
  );
}
