/** `$0` is the parent that it must have. */
const UNLESS_ORPHANED = '[ "$PPID" = "$0" ] && exec "$@"';

/**
 * What stands before a program and its arguments so that it is killed when this process ends, even by SIGKILL
 * (PR_SET_PDEATHSIG, prctl(2)). SIGKILL, which InnoDB recovers from in a moment: a MariaDB (10.11) that is sent SIGTERM in the
 * moment in which it starts can wait for ever. The kernel says so only from when it was asked to: whoever has lost its parent before that
 * ends without beginning, or a database would run on that nobody stops, and no start after it would get the folder.
 */
export function endingWithUs(setpriv: string, parent = process.pid): [string, ...string[]] {
  return [setpriv, "--pdeathsig", "KILL", "sh", "-c", UNLESS_ORPHANED, String(parent)];
}
