"use client";

import { clsx } from "clsx";
import { type ReactElement, type ReactNode, Suspense, useEffect } from "react";
import { StepUp } from "@/components/account/step-up";
import { SIDE_CLASS } from "@/components/messenger/shell-layout";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { SectionLink } from "@/components/ui/section-link";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { closeSettings, settingsHref, toSettingsList } from "@/lib/client/hooks/use-settings-route";
import { PanelFailed, PanelSkeleton } from "./panel";
import { SECTIONS, type Section } from "./sections";

/** The two panes of the settings: sections on the left, one of them in the middle; on a phone one at a time. */
export function Settings({ route }: { route: string }): ReactElement {
  const failed = (error: unknown, retry: () => void) => <PanelFailed error={error} onRetry={retry} />;
  return (
    <AccountTexts loading={<Waiting />} failed={failed}>
      <Panes route={route} />
    </AccountTexts>
  );
}

function isTyping({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing) return true;
  return (
    target instanceof HTMLElement && target.matches(":read-write") && "value" in target && target.value !== ""
  );
}

function Panes({ route }: { route: string }): ReactElement {
  const { t } = useI18n();
  const [first] = SECTIONS;
  const section = SECTIONS.find(({ id }) => id === route) ?? first;
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A dialog or menu on top has taken the key already, or it is meant for what is being typed.
      if (event.key === "Escape" && !event.defaultPrevented && !isTyping(event)) closeSettings();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);
  return (
    <>
      <nav aria-label={t("settings.title")} className={clsx(SIDE_CLASS, route !== "" && "max-md:hidden")}>
        <div className="flex h-15 shrink-0 items-center gap-1 px-2.5">
          <IconButton icon="arrowLeft" label={t("settings.close")} onClick={closeSettings} />
          <h1 className="font-serif text-xl">{t("settings.title")}</h1>
        </div>
        <ul className="flex-1 overflow-y-auto px-2.5 pb-4">
          {SECTIONS.map((each) => (
            <SectionLink
              key={each.id}
              href={settingsHref(each.id)}
              icon={each.icon}
              current={each === section}
            >
              {t(each.title)}
            </SectionLink>
          ))}
        </ul>
      </nav>
      <section
        aria-label={t(section.title)}
        className={clsx("flex min-h-0 min-w-0 flex-col bg-paper", route === "" && "max-md:hidden")}
      >
        <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-6">
          <IconButton
            icon="arrowLeft"
            label={t("settings.toList")}
            onClick={toSettingsList}
            className="-ms-2 md:hidden"
          />
          <h2 className="truncate font-semibold text-lg">{t(section.title)}</h2>
        </header>
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
          className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
        >
          <div className="mx-auto flex w-full max-w-2xl flex-col gap-9 px-4 py-7 sm:px-6">
            <Opened key={section.id} section={section} />
          </div>
        </div>
      </section>
    </>
  );
}

function Opened({ section: { Panel } }: { section: Section }): ReactElement {
  return (
    <ErrorBoundary>
      <AccountProvider
        loading={<PanelSkeleton />}
        failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
      >
        <Guarded>
          <Suspense fallback={<PanelSkeleton />}>
            <Panel />
          </Suspense>
        </Guarded>
      </AccountProvider>
    </ErrorBoundary>
  );
}

function Guarded({ children }: { children: ReactNode }): ReactElement {
  const { sessions } = useAccount();
  return <StepUp confirm={sessions.stepUp}>{children}</StepUp>;
}

function Waiting(): ReactElement {
  return (
    <>
      <div className={clsx(SIDE_CLASS, "max-md:hidden")} />
      <div className="bg-paper p-7">
        <PanelSkeleton />
      </div>
    </>
  );
}
