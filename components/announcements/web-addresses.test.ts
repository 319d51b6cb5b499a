import { expect, test } from "vitest";
import { webAddresses } from "./web-addresses";

test.each([
  ["nothing", []],
  ["see https://a.example/b?c=d#e.", ["https://a.example/b?c=d#e"]],
  ["(https://a.example), http://b.example !", ["https://a.example", "http://b.example"]],
  ["https:// and http://[ are none", []],
  ["javascript:alert(1) data:text/html,x mailto:a@b.example ftp://a.example", []],
  ["xhttps://a.example", ["https://a.example"]],
])("%s", (text, addresses) => {
  const parts = webAddresses(text);
  expect(parts.map(({ part }) => part).join("")).toBe(text);
  expect(parts.filter(({ isLink }) => isLink).map(({ part }) => part)).toEqual(addresses);
});
