import { boxSuite } from "./box-suite.ts";
import { certificateSuite } from "./certificate-suite.ts";
import { chainSuite } from "./chain-suite.ts";
import { fileSuite } from "./file-suite.ts";
import { forgerySuite } from "./forgery-suite.ts";
import { differentialSuite } from "./interop-suite.ts";
import { knownAnswerSuite } from "./known-answer-suite.ts";
import { linkSuite } from "./link-suite.ts";
import { messageSuite } from "./message-suite.ts";
import type { Suite } from "./portable.ts";
import { recoverySuite } from "./recovery-suite.ts";
import { reportSuite } from "./report-suite.ts";
import { roomPartsSuite } from "./room-parts-suite.ts";
import { roomRulesSuite } from "./room-rules-suite.ts";
import { rulesSuite } from "./rules-suite.ts";
import { sealedProfileSuite } from "./sealed-profile-suite.ts";
import { signatureSuite } from "./signature-suite.ts";
import { smallPartsSuite } from "./small-parts-suite.ts";
import { vaultSuite } from "./vault-suite.ts";

/** Everything that must hold on every platform, without files. */
export const portableSuites: readonly Suite[] = [
  smallPartsSuite,
  certificateSuite,
  boxSuite,
  differentialSuite,
  chainSuite,
  rulesSuite,
  roomRulesSuite,
  roomPartsSuite,
  sealedProfileSuite,
  forgerySuite,
  messageSuite,
  reportSuite,
  fileSuite,
  vaultSuite,
  recoverySuite,
  linkSuite,
  signatureSuite,
  knownAnswerSuite,
];
