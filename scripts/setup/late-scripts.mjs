import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Forms that are whole without a script: what makes them live may wait for the person. */
const PAGES = ["login.html", "register.html"];

const SCRIPT = /<script src="(\/_next\/[^"]+)"( id="[^"]*")? async="">/g;

/**
 * Lets the prerendered forms of the entrance run their scripts at the first touch instead of at once: a phone
 * spends its first second on showing the page, and fetches what makes it live after that.
 * @param folder of the pages of one language (`.next/server/app/en`)
 */
export function makeScriptsLate(folder) {
  for (const page of PAGES) {
    const file = join(folder, page);
    const html = readFileSync(file, "utf8");
    const late = html.replace(SCRIPT, '<script type="late" src="$1"$2 async="">');
    if (late === html) throw new Error(`${file} has no scripts of the shape that Next writes`);
    // As a function: the text of waitForTouch may hold what `replace` takes for a pattern.
    writeFileSync(
      file,
      late.replace("</body>", () => `<script>(${waitForTouch})()</script></body>`),
    );
  }
}

/**
 * Runs in the page, as text. What the person does before the page is live is kept and done again when it says
 * that it is (lib/client/hooks/early-input.ts); a form sent early would put the password into the address.
 */
function waitForTouch() {
  const scripts = document.querySelectorAll("script[type=late]");
  const signs = [
    "pointermove",
    "pointerdown",
    "touchstart",
    "keydown",
    "focusin",
    "input",
    "click",
    "submit",
  ];
  let wanted = null;
  const hold = (event) => {
    const target = event.type === "submit" ? event.target : event.target.closest("button");
    if (!target) return;
    event.preventDefault();
    wanted = target;
  };
  const start = () => {
    for (const sign of signs) removeEventListener(sign, start, true);
    for (const script of scripts) {
      // Changing the type of a script in its place does nothing; putting it into the page again runs it.
      script.remove();
      script.type = "";
      document.head.append(script);
    }
  };
  for (const sign of signs) addEventListener(sign, start, { capture: true, passive: true });
  for (const held of ["click", "submit"]) addEventListener(held, hold, true);
  addEventListener(
    "live",
    () => {
      for (const held of ["click", "submit"]) removeEventListener(held, hold, true);
      if (wanted instanceof HTMLFormElement) wanted.requestSubmit();
      else wanted?.click();
    },
    { once: true },
  );
  addEventListener("load", () => {
    for (const script of scripts) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "script", href: script.getAttribute("src") });
      document.head.append(link);
    }
  });
  // The fragment says what the form is for; only the script can read it.
  if (location.hash) start();
}
