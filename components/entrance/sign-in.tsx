"use client";

import { lazy, type ReactElement, Suspense, useState } from "react";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useTouched } from "@/lib/client/hooks/use-touched";
import { goWhereItBelongs } from "./destinations";
import { SignInCode } from "./sign-in-code";
import { type Credentials, SignInCredentials } from "./sign-in-credentials";
import { usePlace } from "./use-place";

const SignInLost = lazy(async () => ({ default: (await import("./sign-in-lost")).SignInLost }));

/** Two steps, because both factors are judged together at the second: the first never says what it knows. */
export function SignIn(): ReactElement {
  usePlace("sign-in", useTouched());
  const entrance = useEntrance();
  const [credentials, setCredentials] = useState<Credentials>({ name: "", password: "" });
  const [challenge, setChallenge] = useState<string | null>(null);
  const [lost, setLost] = useState(false);

  const start = async (form: Credentials): Promise<string> => {
    const step = await (await entrance()).startSignIn(form);
    setChallenge(step.challenge);
    return step.challenge;
  };

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
    await goWhereItBelongs(door);
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
