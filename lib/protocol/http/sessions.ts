import * as z from "zod/mini";
import type { DeviceId, SessionId } from "../../base/ids.ts";
import { counter, id } from "../fields.ts";
import { suspicions } from "./journal.ts";
import { deviceName } from "./key-bodies.ts";

/** Where an account is signed in, and the browsers that hold its keys. */

export const sessionParams = z.strictObject({ id: id<SessionId>() });
export const deviceParams = z.strictObject({ id: id<DeviceId>() });

export const sessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      id: id<SessionId>(),
      device: z.nullable(id<DeviceId>()),
      address: z.string(),
      agent: z.string(),
      createdAt: counter,
      lastSeenAt: counter,
      suspicions,
      /** The name of the app password by which it began; null for both factors. */
      appPassword: z.nullable(z.string()),
      /** Whether it is the one that asks. */
      current: z.boolean(),
    }),
  ),
});

export const devicesAnswer = z.object({
  devices: z.array(
    z.object({
      id: id<DeviceId>(),
      name: z.string(),
      createdAt: counter,
      /** Whether it is the browser that asks. */
      current: z.boolean(),
      /** Whether somebody is signed in there. */
      live: z.boolean(),
    }),
  ),
});

export const renameDeviceBody = z.strictObject({ name: deviceName });
