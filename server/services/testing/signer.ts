import { Secret, TOTP } from "otpauth";
import { CLIENT, type RoomWorld } from "./room-world.ts";

export const PASSWORD = "correct horse battery";

interface Attempt {
  readonly client?: typeof CLIENT;
  readonly password?: string;
  /** In place of the right code. */
  readonly typed?: string;
}

/** Somebody with both factors, and how they come in. No code is right twice: the world's clock moves for each. */
export async function newSigner({ services, pass, now }: RoomWorld, name: string, email?: string) {
  const form = { name, displayName: name, password: PASSWORD, ...(email && { email }) };
  const { registration, totpSecret } = await services.registration.start(form, CLIENT);
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
  const code = () => {
    pass(30_000);
    return totp.generate({ timestamp: now() });
  };
  const { accountId, sid } = await services.registration.confirm({ registration, code: code() }, CLIENT);
  const signIn = async ({ client = CLIENT, password = PASSWORD, typed }: Attempt = {}) => {
    const { challenge } = await services.signIn.start({ name, password }, client);
    return services.signIn.confirm({ challenge, code: typed ?? code() }, client, null);
  };
  return { accountId, sid, signIn };
}
