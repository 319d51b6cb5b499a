"use client";

import { LANGUAGE_NAMES, THEME_ICONS } from "@/components/preferences/choices";
import { SECTIONS } from "@/components/settings/sections";
import { switchLocale, useI18n } from "@/lib/client/hooks/i18n";
import { LOCALES } from "@/lib/client/hooks/translate";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { openRoomDialog } from "@/lib/client/hooks/use-room-dialog";
import { openSearch } from "@/lib/client/hooks/use-search-route";
import { openSettings } from "@/lib/client/hooks/use-settings-route";
import { setTheme, THEMES, useTheme } from "@/lib/client/hooks/use-theme";
import type { Conversation } from "@/lib/client/model";
import type { Command } from "./options";

const HOUR_MS = 3_600_000;

/**
 * What can be done from anywhere, and with the open conversation.
 * @param onLink asks for an invitation link. @param onKeys shows the list of keys
 */
export function useCommands(
  open: Conversation | null,
  { onLink, onKeys }: { onLink: () => void; onKeys: () => void },
): readonly Command[] {
  const { t, locale } = useI18n();
  const messenger = useMessenger();
  const theme = useTheme();
  const mutedUntil = useMessengerState((state) => open && state.notes.get(open.id)?.mutedUntil) ?? 0;
  const muted = mutedUntil > Date.now();
  const mute = async (): Promise<void> => {
    const notes = await messenger.notes();
    const until = muted ? null : Date.now() + HOUR_MS;
    if (open) await notes.update(open.id, (before) => ({ ...before, mutedUntil: until }));
  };
  const here: readonly Command[] = open
    ? [
        {
          key: "search-here",
          icon: "search",
          label: t("search.here"),
          run: () => openSearch(open.id, open.id),
        },
        {
          key: "mute",
          icon: "clock",
          label: t(muted ? "switcher.unmute" : "switcher.mute"),
          run: mute,
        },
        ...(open.room?.refused
          ? []
          : ([
              {
                key: "files",
                icon: "clip",
                label: t("switcher.files"),
                run: () => openConversationRoute(open.id, "details=files"),
              },
            ] as const)),
        ...(open.room
          ? ([
              {
                key: "details",
                icon: "info",
                label: t("room.details"),
                run: () => openConversationRoute(open.id, "details"),
              },
              {
                key: "members",
                icon: "users",
                label: t("switcher.members"),
                run: () => openConversationRoute(open.id, "details=members"),
              },
            ] as const)
          : []),
      ]
    : [];
  return [
    {
      key: "new-room",
      icon: "plus",
      label: t("switcher.newRoom"),
      usual: true,
      run: () => openRoomDialog("new"),
    },
    {
      key: "browse",
      icon: "users",
      label: t("room.browse"),
      also: t("switcher.browseAlso"),
      usual: true,
      run: () => openRoomDialog("browse"),
    },
    {
      key: "link",
      icon: "link",
      label: t("switcher.link"),
      also: t("switcher.linkAlso"),
      stays: true,
      run: onLink,
    },
    {
      key: "search",
      icon: "searchText",
      label: t("search.open"),
      usual: true,
      run: () => openSearch(open?.id ?? null, null),
    },
    ...here,
    {
      key: "settings",
      icon: "settings",
      label: t("account.settings"),
      usual: true,
      run: () => openSettings(),
    },
    ...SECTIONS.map(
      ({ id, icon, title }): Command => ({
        key: `settings-${id}`,
        icon,
        label: t("switcher.setting", { title: t(title) }),
        run: () => openSettings(id),
      }),
    ),
    ...THEMES.filter((one) => one !== theme).map(
      (one): Command => ({
        key: `theme-${one}`,
        icon: THEME_ICONS[one],
        label: t("switcher.theme", { theme: t(`preferences.${one}`) }),
        also: t("settings.appearance"),
        run: () => setTheme(one),
      }),
    ),
    ...LOCALES.filter((one) => one !== locale).map(
      (one): Command => ({
        key: `language-${one}`,
        icon: "globe",
        label: t("switcher.language", { language: LANGUAGE_NAMES[one] }),
        run: () => switchLocale(one),
      }),
    ),
    { key: "keys", icon: "keyboard", label: t("switcher.keys"), also: t("switcher.keysAlso"), run: onKeys },
    {
      key: "sign-out",
      icon: "signOut",
      label: t("account.signOut"),
      also: t("switcher.signOutAlso"),
      run: () => messenger.signOut({ forget: false }),
    },
  ];
}
