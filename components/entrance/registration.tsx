"use client";

import { type ReactElement, Suspense, useEffect, useState } from "react";
import { lateView } from "@/components/ui/late-view";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useInvitation } from "@/lib/client/hooks/use-invitation";
import { useTouched } from "@/lib/client/hooks/use-touched";
import type { Entrance } from "@/lib/client/model";
import { becomePage } from "./destinations";
import { type RegistrationDetails, RegistrationForm } from "./registration-form";

/** Arrives while the form is being filled in. */
const loadTotp = () => import("./registration-totp");
const RegistrationTotp = lateView(async () => (await loadTotp()).RegistrationTotp);
/** Arrives while the authenticator is set up. A page of its own would have to load first. */
const loadKeys = () => import("./key-making");
const KeyMaking = lateView(async () => (await loadKeys()).KeyMaking);

type Started = Awaited<ReturnType<Entrance["startRegistration"]>>;

const EMPTY: RegistrationDetails = { name: "", displayName: "", email: "", password: "" };

/** What may stand in the address, and where this tab keeps it over a reload. */
const FIRST_RUN_TOKEN = { parameter: "token", kept: "first-run-token" };
const INVITATION = { parameter: "invitation", kept: "invitation" };
/** The form has to be filled in again for these, and says which of them it was when it is sent. */
const BACK_TO_FORM = ["expired", "name-taken", "email-taken", "invitation-over"];
/** Where this tab keeps the names and the address over a reload at the second step. Never the password, nor the secret it led to. */
const NAMES = "registration";

/** A secret of the address, taken out of it so that it stays in no history. */
function takeSecret({ parameter, kept }: typeof INVITATION): string | null {
  const secret = new URLSearchParams(location.hash.slice(1)).get(parameter);
  if (secret === null) return sessionStorage.getItem(kept);
  history.replaceState(null, "", location.pathname);
  sessionStorage.setItem(kept, secret);
  return secret;
}

export function Registration(): ReactElement {
  const { t } = useI18n();
  const entrance = useEntrance();
  const [token, setToken] = useState<string | null>(null);
  const [invitationToken, setInvitationToken] = useState<string | null>(null);
  const invitation = useInvitation(invitationToken);
  const [details, setDetails] = useState(EMPTY);
  const [started, setStarted] = useState<Started | null>(null);
  const [done, setDone] = useState(false);
  const [again, setAgain] = useState<"expired" | "reloaded" | null>(null);
  useEffect(() => {
    const kept = sessionStorage.getItem(NAMES);
    if (kept) {
      setDetails({ ...EMPTY, ...JSON.parse(kept) });
      setAgain("reloaded");
    }
    setToken((known) => known ?? takeSecret(FIRST_RUN_TOKEN));
    const take = () => setInvitationToken((known) => takeSecret(INVITATION) ?? known);
    take();
    // A link may be opened where the page is open already.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  const touched = useTouched();
  useEffect(() => {
    if (touched) loadTotp().catch(() => undefined);
  }, [touched]);

  if (done) {
    return (
      <Suspense>
        <KeyMaking arrived />
      </Suspense>
    );
  }
  if (!started) {
    return (
      <RegistrationForm
        key={again}
        initial={details}
        firstRun={token !== null}
        again={again}
        invitation={invitation}
        onSubmit={async (form) => {
          setDetails(form);
          const door = await entrance();
          const { email, ...rest } = form;
          setStarted(
            await door.startRegistration({
              ...rest,
              ...(email && { email }),
              ...(token && { firstRunToken: token }),
              ...(invitationToken && !invitation?.isOver && { invitation: invitationToken }),
            }),
          );
          loadKeys().catch(() => undefined);
          sessionStorage.setItem(NAMES, JSON.stringify({ ...form, password: "" }));
          setAgain(null);
        }}
      />
    );
  }
  return (
    <Suspense>
      <RegistrationTotp
        uri={started.totpUri}
        secret={started.totpSecret}
        onSubmit={async (code) => {
          const door = await entrance();
          try {
            await door.confirmRegistration({ registration: started.registration, code });
            for (const kept of [FIRST_RUN_TOKEN.kept, INVITATION.kept, NAMES])
              sessionStorage.removeItem(kept);
          } catch (error) {
            const code = errorCode(error);
            if (!BACK_TO_FORM.includes(code)) throw error;
            setAgain(code === "expired" ? "expired" : null);
            setStarted(null);
            return;
          }
          setDetails(EMPTY);
          setStarted(null);
          setDone(true);
          becomePage("keys", t("meta.keys"));
        }}
        onBack={() => setStarted(null)}
      />
    </Suspense>
  );
}
