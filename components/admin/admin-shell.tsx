"use client";

import { clsx } from "clsx";
import { type ReactElement, Suspense } from "react";
import { SHELL_CLASS, SIDE_CLASS } from "@/components/messenger/shell-layout";
import { PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { Icon } from "@/components/ui/icons";
import { SectionLink } from "@/components/ui/section-link";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref, useAdminRoute } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useVisualHeight } from "@/lib/client/hooks/use-visual-height";
import { NoSuchPage } from "./no-such-page";
import { ADMIN_SECTIONS, type AdminSection } from "./sections";

/** Sections on the left, one of them in the middle; on a phone one at a time. */
export function AdminShell(): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const route = useAdminRoute();
  useVisualHeight();
  const sections = ADMIN_SECTIONS.filter(({ permission }) => may(permission));
  const [first] = sections;
  if (!first) {
    return (
      <main>
        <NoSuchPage />
      </main>
    );
  }
  const open = route.section === "" ? first : sections.find(({ id }) => id === route.section);
  return (
    <main className={SHELL_CLASS}>
      <nav
        aria-label={t("admin.title")}
        className={clsx(SIDE_CLASS, route.section !== "" && "max-md:hidden")}
      >
        <div className="flex h-15 shrink-0 items-center gap-1 px-2.5">
          <a
            href="/"
            aria-label={t("admin.leave")}
            title={t("admin.leave")}
            className="target inline-flex aspect-square items-center justify-center rounded-lg text-soft transition-colors hover:bg-hover hover:text-ink"
          >
            <Icon name="arrowLeft" />
          </a>
          <h1 className="truncate font-serif text-xl">{t("admin.title")}</h1>
        </div>
        <ul className="flex-1 overflow-y-auto px-2.5 pb-4">
          {sections.map((section) => (
            <SectionLink
              key={section.id}
              href={adminHref(section.id)}
              icon={section.icon}
              current={section === open}
            >
              {t(section.title)}
            </SectionLink>
          ))}
        </ul>
      </nav>
      <section
        aria-label={open ? t(open.title) : t("page.notFoundTitle")}
        className={clsx(
          "row-start-2 flex min-h-0 min-w-0 flex-col bg-paper",
          route.section === "" && "max-md:hidden",
        )}
      >
        <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-6">
          <IconButton
            icon="arrowLeft"
            label={t("admin.toList")}
            onClick={() => {
              location.hash = adminHref();
            }}
            className="-ms-2 md:hidden"
          />
          <h2 className="truncate font-semibold text-lg">{open ? t(open.title) : t("admin.title")}</h2>
        </header>
        <div
          key={open?.id}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
          className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
        >
          <div className="mx-auto flex w-full max-w-5xl flex-col gap-9 px-4 py-7 sm:px-6">
            {open ? <Opened section={open} detail={route.detail} /> : <NoSuchPage />}
          </div>
        </div>
      </section>
    </main>
  );
}

function Opened(props: { section: AdminSection; detail: string | null }): ReactElement {
  const { Panel } = props.section;
  return (
    <ErrorBoundary key={props.section.id}>
      <Suspense fallback={<PanelSkeleton />}>
        <Panel detail={props.detail} />
      </Suspense>
    </ErrorBoundary>
  );
}
