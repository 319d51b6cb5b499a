/** What an invitation's address holds, in base64url: 22, 22 and 43 characters. */
export interface InvitationParts {
  readonly room: string;
  readonly invitation: string;
  readonly secret: string;
}

const SHAPE = /#?join=([\w-]{22})\.([\w-]{22})\.([\w-]{43})$/;

/** Everything stands in the fragment: no server sees it. Without an origin where there is no page, as in tests. */
export function invitationLink({ room, invitation, secret }: InvitationParts): string {
  const origin = typeof location === "undefined" ? "" : location.origin;
  return `${origin}/#join=${room}.${invitation}.${secret}`;
}

/** @param text the whole address, or its fragment. @returns null for anything else */
export function parseInvitationLink(text: string): InvitationParts | null {
  const [, room, invitation, secret] = SHAPE.exec(text.trim()) ?? [];
  return room && invitation && secret ? { room, invitation, secret } : null;
}
