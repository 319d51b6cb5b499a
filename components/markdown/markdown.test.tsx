import fc from "fast-check";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { isEmojiOnly } from "./emoji-only.ts";
import { hasMarks } from "./has-marks.ts";
import { Markdown } from "./markdown.tsx";
import { Marked } from "./marked.tsx";
import { plainText } from "./plain-text.ts";

/** The drawn text without its classes. */
function draw(text: string): string {
  return withoutClasses(<Marked text={text} />);
}

function withoutClasses(drawn: ReactElement): string {
  return renderToStaticMarkup(drawn)
    .replace(/ (?:class|dir|rel|target|referrerPolicy|title)="[^"]*"/g, "")
    .replace(/^<div>|<\/div>$/g, "");
}

describe("Markdown draws", () => {
  it.each([
    ["**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>"],
    ["one\ntwo", "<p>one\ntwo</p>"],
    ["one\n\ntwo", "<p>one</p><p>two</p>"],
    ["# Title", "<p><strong>Title</strong></p>"],
    ["- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
    ["3. a", '<ol start="3"><li><p>a</p></li></ol>'],
    ["> a", "<blockquote><p>a</p></blockquote>"],
    ["```js\n<b>\n```", "<pre>&lt;b&gt;</pre>"],
    ["[a](https://b.example)", '<p><a href="https://b.example">a</a></p>'],
    [
      "[https://bank.example](https://evil.example)",
      '<p><a href="https://evil.example">https://evil.example</a></p>',
    ],
    [
      "[www.bank.example](https://evil.example)",
      '<p><a href="https://evil.example">https://evil.example</a></p>',
    ],
    [
      "[https://a.example](https://a.example/b)",
      '<p><a href="https://a.example/b">https://a.example</a></p>',
    ],
    [
      "![https://bank.example](https://evil.example)",
      '<p><a href="https://evil.example">https://evil.example</a></p>',
    ],
    ["![a](https://b.example/c.png)", '<p><a href="https://b.example/c.png">a</a></p>'],
    ["see https://a.example/b.", '<p>see <a href="https://a.example/b">https://a.example/b</a>.</p>'],
    ["me@a.example", '<p><a href="mailto:me@a.example">me@a.example</a></p>'],
  ])("%j", (text, html) => {
    expect(draw(text)).toBe(html);
  });

  it.each([
    ["a zero-width space before it", "\u200bhttps://bank.example"],
    ["one inside it", "ht\u200btps://bank\u2060.example"],
    ["a mark of direction", "\u200fwww.bank.example"],
    ["an isolate", "\u2067https://bank.example\u2069"],
    ["a filler", "\u3164https://bank.example"],
    ["its letters backwards", "\u202eelpmaxe.knab//:sptth"],
  ])("where a link leads in place of another address, with %s", (_name, words) => {
    const led = '<p><a href="https://evil.example">https://evil.example</a></p>';
    expect(draw(`[${words}](https://evil.example)`)).toBe(led);
    expect(draw(`![${words}](https://evil.example)`)).toBe(led);
    expect(draw("[\u200bhere](https://evil.example)")).toContain(">\u200bhere</a>");
  });

  it("every link so that the other page learns nothing and gets no handle", () => {
    const html = renderToStaticMarkup(<Marked text="[a](https://b.example)" />);
    expect(html).toContain('rel="noopener noreferrer nofollow ugc"');
    expect(html).toContain('referrerPolicy="no-referrer"');
    expect(html).toContain('target="_blank"');
  });
});

describe("Markdown shows as typed", () => {
  it.each([
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#10;script:alert(1))",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "[a](blob:https://a.example/1)",
    "[a](/api/accounts)",
    "[a](//evil.example)",
    "![a](data:image/svg+xml,x)",
    "a\n---",
    "[a][1]\n\n[1]: /b",
  ])("%j", (text) => {
    const html = draw(text);
    expect(html).not.toContain("<a");
    expect(html).not.toContain("<img");
    expect(
      html
        .replace(/<\/p><p>/g, "\n\n")
        .replace(/<\/?p>/g, "")
        .replaceAll("&amp;", "&"),
    ).toBe(text);
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b>c</b> d",
    "<!-- a -->",
    "**<svg onload=x>**",
  ])("HTML: %s", (text) => {
    const html = draw(text);
    expect(html.replace(/<\/?(?:p|strong)>/g, "")).not.toMatch(/[<>]/);
    expect(html).toContain("&lt;");
  });
});

describe("Markdown survives", () => {
  const n = LIMITS.messageChars;
  it.each([
    ["quotes", ">".repeat(n)],
    ["lists", "- ".repeat(n / 2)],
    ["mixed containers", "> - ".repeat(n / 4)],
    ["open brackets", "[".repeat(n)],
    ["open emphasis", "*a ".repeat(n / 3)],
    ["nested emphasis", "*a ".repeat(n / 6) + "a* ".repeat(n / 6)],
    ["alternating marks", "*_".repeat(n / 2)],
    ["emphasis just below the limit", "*a ".repeat(200) + "a* ".repeat(200)],
    ["many lines", "1. a\n".repeat(n / 5)],
  ])("%s, with nothing lost", (_name, text) => {
    // Each takes milliseconds; where a parser goes back and forth, the test's own limit of many seconds is passed.
    const shown = draw(text).replace(/<[^>]*>/g, "");
    expect(shown.replace(/[^a]/g, "").length).toBe(text.replace(/[^a]/g, "").length);
  });
});

describe("Text without marks", () => {
  const words = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "a",
          "é",
          " ",
          "  ",
          "\n",
          "\n\n",
          "1",
          ".",
          ")",
          "-",
          "!",
          "(",
          ":",
          "|",
          "=",
          "$",
          "w",
        ),
      )
      .map((parts) => parts.join("")),
    fc
      .array(fc.constantFrom("www.a.example", "a", "\n", "# ", "1. ", "http", "://", "@", "a.b"), {
        maxLength: 8,
      })
      .map((parts) => parts.join("")),
  );

  it("looks the same without the parser as with it", () => {
    fc.assert(
      fc.property(words, (text) => {
        fc.pre(!hasMarks(text));
        expect(withoutClasses(<Markdown text={text} />)).toBe(draw(text));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    "Bonjour, comment ça va ?",
    "see you at 10:30 - or 11",
    "a (b) c!",
    "one\ntwo\n\nthree",
    "C'est l'été…",
  ])("%j asks for no parser", (text) => {
    expect(hasMarks(text)).toBe(false);
  });
});

describe("plainText", () => {
  it.each([
    ["**a** `b`\n\n> c", "a b c"],
    ["- a\n- b", "a b"],
    ["[a](https://b.example)", "a"],
    ["  a\n\n\tb ", "a b"],
    ["<b>a</b>", "<b>a</b>"],
    ["# a\n1. b", "a b"],
    ["```js\na\n```", "a"],
    ["**a *b* ~~c~~** __d__ snake_case_name", "a b c d snake_case_name"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["![a](https://b.example/c.png)", "a"],
    ["- \n  - ", "- -"],
  ])("%j is %j", (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});

describe("isEmojiOnly", () => {
  it.each(["👍", "👍🏽", "👩‍👩‍👧‍👦", "🇫🇷", "❤️", "🎉 🎉", "3️⃣", "😀😀😀"])("takes %s", (text) => {
    expect(isEmojiOnly(text)).toBe(true);
  });

  it.each(["", " ", "a", "1", "#", "©", "👍 ok", "😀😀😀😀", "🎉!"])("refuses %j", (text) => {
    expect(isEmojiOnly(text)).toBe(false);
  });
});
