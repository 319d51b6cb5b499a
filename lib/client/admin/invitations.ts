import type { ServerInvitationId } from "../../base/ids.ts";
import {
  type ImportAnswer,
  type ImportedPerson,
  type InvitationDetails,
  type InvitationForm,
  type InvitationsPage,
  importAnswer,
  invitationAnswer,
  invitationMade,
  invitationsPage,
} from "../../protocol/http/admin/invitations.ts";
import type { Api } from "../api.ts";

export interface InvitationCalls {
  /** Newest first. @param after `next` of the page before */
  list(after: string | null): Promise<InvitationsPage>;
  read(id: ServerInvitationId): Promise<InvitationDetails>;
  /** @returns its link, which is to be had only now */
  create(form: InvitationForm): Promise<string>;
  revoke(id: ServerInvitationId): Promise<void>;
  /** What stands against each of them on this server; makes nothing. */
  check(people: readonly ImportedPerson[]): Promise<ImportAnswer["lines"]>;
  /** @returns the link of each, null for those who are passed over; they are to be had only now */
  invite(people: readonly ImportedPerson[], days: number): Promise<(string | null)[]>;
}

const PATH = "/api/admin/invitations";
/** The secret stands in the fragment: no server sees it before the person goes on. */
const linkOf = (token: string): string => `${location.origin}/register#invitation=${token}`;

export const createInvitationCalls = (api: Api): InvitationCalls => ({
  list: (after) => api.get(after === null ? PATH : `${PATH}?after=${after}`, invitationsPage),
  read: (id) => api.get(`${PATH}/${id}`, invitationAnswer),
  create: async (form) => linkOf((await api.post(PATH, form, invitationMade)).token),
  revoke: (id) => api.send("DELETE", `${PATH}/${id}`, {}),
  check: async (people) =>
    (await api.post(`${PATH}/import`, { people, days: 1, dryRun: true }, importAnswer)).lines,
  async invite(people, days) {
    const { lines } = await api.post(`${PATH}/import`, { people, days, dryRun: false }, importAnswer);
    return lines.map(({ token }) => token && linkOf(token));
  },
});
