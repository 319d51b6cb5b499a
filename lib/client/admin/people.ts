import type { AccountId, DeviceId, SessionId } from "../../base/ids.ts";
import {
  enrolmentMade,
  type PeopleActivity,
  type PeopleGroup,
  type PeoplePage,
  type PeopleSort,
  type PersonDetails,
  peoplePage,
  personAnswer,
  type RestraintForm,
} from "../../protocol/http/admin/people.ts";
import type { Role } from "../../protocol/roles.ts";
import type { Api } from "../api.ts";
import { describeBrowser } from "../describe-browser.ts";

export interface PeopleQuestion {
  readonly search: string;
  readonly group: PeopleGroup;
  readonly activity: PeopleActivity;
  readonly sort: PeopleSort;
  readonly descending: boolean;
}

/** A person, with browsers in words. */
export interface PersonView extends Omit<PersonDetails, "sessions"> {
  readonly sessions: readonly (PersonDetails["sessions"][number] & { readonly browser: string })[];
}

export interface PeopleCalls {
  /** @param after `next` of the page before */
  list(question: PeopleQuestion, after: string | null): Promise<PeoplePage>;
  read(id: AccountId): Promise<PersonView>;
  setRole(id: AccountId, role: Role): Promise<void>;
  restrain(id: AccountId, form: RestraintForm): Promise<void>;
  lift(id: AccountId): Promise<void>;
  signOut(id: AccountId): Promise<void>;
  endSession(id: AccountId, session: SessionId): Promise<void>;
  removeDevice(id: AccountId, device: DeviceId): Promise<void>;
  /** @returns the link to a new authenticator, which is to be had only now; the old one has ended */
  endAuthenticator(id: AccountId): Promise<{ link: string; expiresAt: number }>;
  /** Where not any more, those there are end. */
  allowAppPasswords(id: AccountId, allowed: boolean): Promise<void>;
  /** @param name the account's, as typed */
  delete(id: AccountId, name: string): Promise<void>;
}

const PATH = "/api/admin/people";

export const createPeopleCalls = (api: Api): PeopleCalls => ({
  list({ search, group, activity, sort, descending }, after) {
    const query = new URLSearchParams({ group, activity, sort, descending: String(descending) });
    if (search.trim()) query.set("q", search.trim());
    else if (after !== null) query.set("after", after);
    return api.get(`${PATH}?${query}`, peoplePage);
  },
  async read(id) {
    const { sessions, ...details } = await api.get(`${PATH}/${id}`, personAnswer);
    return {
      ...details,
      sessions: sessions.map((session) => ({ ...session, browser: describeBrowser(session.agent) })),
    };
  },
  setRole: (id, role) => api.send("PUT", `${PATH}/${id}/role`, { role }),
  restrain: (id, form) => api.send("PUT", `${PATH}/${id}/restraint`, form),
  lift: (id) => api.send("DELETE", `${PATH}/${id}/restraint`, {}),
  signOut: (id) => api.send("DELETE", `${PATH}/${id}/sessions`, {}),
  endSession: (id, session) => api.send("DELETE", `${PATH}/${id}/sessions/${session}`, {}),
  removeDevice: (id, device) => api.send("DELETE", `${PATH}/${id}/devices/${device}`, {}),
  async endAuthenticator(id) {
    const { token, expiresAt } = await api.post(`${PATH}/${id}/authenticator`, {}, enrolmentMade);
    return { link: `${location.origin}/login#authenticator=${token}`, expiresAt };
  },
  allowAppPasswords: (id, allowed) => api.send("PUT", `${PATH}/${id}/app-passwords`, { allowed }),
  delete: (id, name) => api.send("DELETE", `${PATH}/${id}`, { name }),
});
