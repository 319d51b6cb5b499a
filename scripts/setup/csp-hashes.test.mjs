import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { collectCspHashes } from "./csp-hashes.mjs";

/** SHA-256 of "alert(1)" and of "a\nb", by openssl. */
const ALERT = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=";
const LINES = "sha256-fhj3NzEbLcOy8mndeDlrA1HxT7Zu+oefdoyyMYGIPHg=";

it("lists each page's inline scripts once, by the page's path, and no others", () => {
  const folder = mkdtempSync(join(tmpdir(), "csp-test-"));
  const pages = {
    "en/login.html": '<script>alert(1)</script><SCRIPT id="x" async>a\nb</SCRIPT ><script>alert(1)</script>',
    "en.html": '<script src="/a.js" async=""></script><script async src="/b.js">c</script>',
    "index.html": "<script>alert(1)</script>",
    "en/login.rsc": "<script>alert(1)</script>",
  };
  for (const [name, html] of Object.entries(pages)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), html);
  }
  expect(collectCspHashes(folder)).toEqual({ "/en/login": [ALERT, LINES], "/en": [], "/": [ALERT] });
  rmSync(folder, { recursive: true });
});
