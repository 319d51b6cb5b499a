"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { EmailGroup } from "./email-group";
import { PictureGroup } from "./picture-group";
import { ProfileForm } from "./profile-form";

/** What others see of the person, and how the organisation reaches them. */
export function ProfilePanel(): ReactElement | null {
  const { t } = useI18n();
  const me = useMessengerState((state) => state.me);
  if (!me) return null;
  return (
    <>
      <PanelGroup title={t("profile.pictureTitle")} intro={t("profile.pictureIntro")}>
        <PictureGroup me={me} />
      </PanelGroup>
      <PanelGroup title={t("profile.nameTitle")} intro={t("profile.nameIntro", { name: me.name })}>
        <ProfileForm me={me} />
      </PanelGroup>
      <EmailGroup />
    </>
  );
}
