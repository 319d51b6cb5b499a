import { pictureBody } from "@/lib/protocol/http/profile.ts";
import { route } from "@/server/http/route.ts";

export const PUT = route({
  access: "signed-in",
  body: pictureBody,
  handle: ({ services, session, body, client }) => services.profile.setPicture(session, body.picture, client),
});

export const DELETE = route({
  access: "signed-in",
  handle: ({ services, session, client }) => services.profile.removePicture(session, client),
});
