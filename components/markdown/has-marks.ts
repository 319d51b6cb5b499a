/**
 * What Markdown could make something of: signs that mark wherever they stand, addresses, what begins a quote, a list or
 * a heading, and space at either end of a line or tabs, which the parser takes away.
 */
const MARKS = /[`*_~[\]\\&<@\t\r\0]|:\/\/|www\.|mailto:|xmpp:|^ *(?:[#>+-]|\d+[.)])|^ | $/im;

/** Whether the parser must be asked what a text looks like. Most messages are words, and it is 17 kB. */
export function hasMarks(text: string): boolean {
  return MARKS.test(text);
}
