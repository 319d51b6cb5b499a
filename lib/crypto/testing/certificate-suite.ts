import { type AccountId, newId } from "../../base/ids.ts";
import { KEY_TYPE, publicKeyBytes } from "../../protocol/layout/certificate.ts";
import { issueCertificate, verifyCertificate } from "../certificate.ts";
import { randomBytes } from "../webcrypto.ts";
import { newSigningKey } from "./people.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

const account = newId<AccountId>();

function signingBody() {
  return {
    account,
    keyType: "signing",
    epoch: 2,
    publicKey: randomBytes(32),
    notBefore: 1_700_000_000_000,
  } as const;
}

export const certificateSuite: Suite = {
  name: "certificate",
  cases: {
    "verifies under its issuer, for every type": async () => {
      const issuer = await newSigningKey();
      for (const keyType of KEY_TYPE.names) {
        const body = { ...signingBody(), keyType, publicKey: randomBytes(publicKeyBytes(keyType)) };
        const bytes = await issueCertificate(issuer, body);
        const certificate = await verifyCertificate(bytes, issuer.publicKey, { account, keyType });
        requireBytes(certificate.publicKey, body.publicKey);
        requireEqual(certificate.epoch, 2);
        requireEqual(certificate.notBefore, body.notBefore);
      }
    },
    "refuses every changed bit and length": async () => {
      const issuer = await newSigningKey();
      const body = signingBody();
      const bytes = await issueCertificate(issuer, body);
      await requireEveryChangeRefused(bytes, (changed) => verifyCertificate(changed, issuer.publicKey, body));
    },
    "refuses another issuer, account or type": async () => {
      const issuer = await newSigningKey();
      const body = signingBody();
      const bytes = await issueCertificate(issuer, body);
      const stranger = (await newSigningKey()).publicKey;
      await requireRefused(verifyCertificate(bytes, stranger, body), "bad-signature");
      const other = { ...body, account: newId<AccountId>() };
      await requireRefused(verifyCertificate(bytes, issuer.publicKey, other), "wrong-certificate");
      await requireRefused(
        verifyCertificate(bytes, issuer.publicKey, { account, keyType: "transport" }),
        "wrong-certificate",
      );
    },
  },
};
