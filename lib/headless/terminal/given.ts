const { argv } = process;
const end = argv.indexOf("--");
const options = end < 0 ? argv : argv.slice(0, end);

/** Of a switch that counts before the command line is understood, or where it is wrong. What follows "--" is a text. */
export const isGiven = (name: string): boolean => options.includes(`--${name}`);
