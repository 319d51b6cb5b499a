"use client";

import { type ReactElement, Suspense, useEffect, useState } from "react";
import { lateView } from "@/components/ui/late-view";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useTouched } from "@/lib/client/hooks/use-touched";
import { becomePage, pathOf, placeAfter } from "./destinations";
import { PATHS } from "./places";
import { SignInCode } from "./sign-in-code";
import { type Credentials, SignInCredentials } from "./sign-in-credentials";
import { usePlace } from "./use-place";

/** Arrives while the code is typed. A page of its own would have to load first. */
const loadRecovery = () => import("./recovery");
const Recovery = lateView(async () => (await loadRecovery()).Recovery);
const EnrolAuthenticator = lateView(async () => (await import("./enrol-authenticator")).EnrolAuthenticator);
const SignInLost = lateView(async () => (await import("./sign-in-lost")).SignInLost);

/** What an administrator's link to a new authenticator carries. */
const ENROLMENT = /^#authenticator=([\w-]{43})$/;

/** Two steps, because both factors are judged together at the second: the first never says what it knows. */
export function SignIn(): ReactElement {
  const touched = useTouched();
  const { t } = useI18n();
  const entrance = useEntrance();
  const [credentials, setCredentials] = useState<Credentials>({ name: "", password: "" });
  const [challenge, setChallenge] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [locked, setLocked] = useState(false);
  const [enrolment, setEnrolment] = useState<string | null>(null);
  useEffect(() => {
    const look = () => setEnrolment((known) => ENROLMENT.exec(location.hash)?.[1] ?? known);
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);

  // Who has a link to a new authenticator is here for that, whoever else is signed in.
  usePlace("sign-in", touched && enrolment === null);

  const start = async (form: Credentials): Promise<string> => {
    const step = await (await entrance()).startSignIn(form);
    setChallenge(step.challenge);
    loadRecovery().catch(() => undefined);
    return step.challenge;
  };

  if (enrolment !== null) {
    return (
      <Suspense>
        <EnrolAuthenticator enrolment={enrolment} />
      </Suspense>
    );
  }
  if (locked) {
    return (
      <Suspense>
        <Recovery arrived />
      </Suspense>
    );
  }
  if (challenge === null) {
    return (
      <SignInCredentials
        initialName={credentials.name}
        onSubmit={async (form) => {
          setCredentials(form);
          await start(form);
        }}
      />
    );
  }
  const confirm = async (code: string): Promise<void> => {
    const door = await entrance();
    try {
      await door.confirmSignIn({ challenge, code });
    } catch (error) {
      if (errorCode(error) !== "expired") throw error;
      // The person took longer than a challenge lives; what they typed is still here.
      await door.confirmSignIn({ challenge: await start(credentials), code });
    }
    // Who has lost the authenticator is led to where a new one is set up.
    if (lost) location.replace("#back=settings/security");
    const place = await placeAfter(door);
    const next = pathOf(place, location.hash);
    if (place !== "recover" || !next.startsWith(PATHS.recover)) return location.assign(next);
    setCredentials({ name: "", password: "" });
    setLocked(true);
    becomePage(place, t("meta.recover"));
  };
  if (lost) {
    return (
      <Suspense>
        <SignInLost onSubmit={confirm} onBack={() => setLost(false)} />
      </Suspense>
    );
  }
  return (
    <SignInCode
      onSubmit={confirm}
      onLost={() => setLost(true)}
      onBack={() => {
        setCredentials({ ...credentials, password: "" });
        setChallenge(null);
      }}
    />
  );
}
