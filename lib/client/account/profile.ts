import type { ProfileActions } from "../model-account.ts";
import { cropPicture } from "./crop-picture.ts";
import type { AccountParts } from "./parts.ts";

/** A change comes back over the socket, to this tab as to every other. */
export function createProfileActions({ api }: Pick<AccountParts, "api">): ProfileActions {
  return {
    setVisibility: (change) => api.send("PUT", "/api/me/visibility", change),
    change: (profile) => api.send("PUT", "/api/me", profile),
    setEmail: (email) => api.send("PUT", "/api/me/email", { email }),
    cropPicture,
    async setPicture(picture) {
      const bytes = new Uint8Array(await picture.arrayBuffer());
      await api.send("PUT", "/api/me/picture", { picture: bytes });
    },
    removePicture: () => api.send("DELETE", "/api/me/picture", {}),
  };
}
