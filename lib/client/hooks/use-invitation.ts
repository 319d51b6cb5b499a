"use client";

import { useEffect, useState } from "react";

/** What the form suggests to whoever was invited. */
interface Suggested {
  readonly name: string | null;
  readonly displayName: string | null;
  readonly email: string | null;
}

/** `suggested` is null until the server has answered, and where it does not: it judges in any case. */
export interface Invitation {
  readonly isOver: boolean;
  readonly suggested: Suggested | null;
}

const UNREAD: Invitation = { isOver: false, suggested: null };

/** Asked without the code of the entrance, which comes later than the form. @param token null where there is none */
export function useInvitation(token: string | null): Invitation | null {
  const [invitation, setInvitation] = useState(UNREAD);
  useEffect(() => {
    if (token === null) return;
    const request = {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ invitation: token }),
    } as const;
    fetch("/api/registration/invitation", request)
      .then(async (response) => {
        if (response.ok) setInvitation({ isOver: false, suggested: await response.json() });
        // What is no token at all is as good as one that is over.
        else if ([400, 410].includes(response.status)) setInvitation({ ...UNREAD, isOver: true });
      })
      .catch(() => undefined);
  }, [token]);
  return token === null ? null : invitation;
}
