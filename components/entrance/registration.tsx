"use client";

import { lazy, type ReactElement, Suspense, useEffect, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useTouched } from "@/lib/client/hooks/use-touched";
import type { Entrance } from "@/lib/client/model";
import { becomePage } from "./destinations";
import { type RegistrationDetails, RegistrationForm } from "./registration-form";

/** Arrives while the form is being filled in. */
const loadTotp = () => import("./registration-totp");
const RegistrationTotp = lazy(async () => ({ default: (await loadTotp()).RegistrationTotp }));
/** Arrives while the authenticator is set up. A page of its own would have to load first. */
const loadKeys = () => import("./key-making");
const KeyMaking = lazy(async () => ({ default: (await loadKeys()).KeyMaking }));

type Started = Awaited<ReturnType<Entrance["startRegistration"]>>;

const EMPTY: RegistrationDetails = { name: "", displayName: "", password: "" };

const FIRST_RUN_TOKEN = "first-run-token";
/** Where this tab keeps the names over a reload at the second step. Never the password, nor the secret it led to. */
const NAMES = "registration";

/** The first-run token, taken out of the address so that it stays in no history; this tab keeps it over a reload. */
function takeFirstRunToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return sessionStorage.getItem(FIRST_RUN_TOKEN);
  history.replaceState(null, "", location.pathname);
  sessionStorage.setItem(FIRST_RUN_TOKEN, token);
  return token;
}

export function Registration(): ReactElement {
  const { t } = useI18n();
  const entrance = useEntrance();
  const [token, setToken] = useState<string | null>(null);
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
    setToken((known) => known ?? takeFirstRunToken());
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
        onSubmit={async (form) => {
          setDetails(form);
          const door = await entrance();
          setStarted(await door.startRegistration({ ...form, ...(token ? { firstRunToken: token } : {}) }));
          loadKeys().catch(() => undefined);
          sessionStorage.setItem(NAMES, JSON.stringify({ name: form.name, displayName: form.displayName }));
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
            sessionStorage.removeItem(FIRST_RUN_TOKEN);
            sessionStorage.removeItem(NAMES);
          } catch (error) {
            const code = errorCode(error);
            if (code !== "expired" && code !== "name-taken") throw error;
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
