import type { AnnouncementId } from "../../base/ids.ts";
import {
  type AnnouncementForm,
  type AnnouncementRow,
  announcementsAnswer,
} from "../../protocol/http/admin/announcements.ts";
import type { Api } from "../api.ts";

const PATH = "/api/admin/announcements";

export interface AnnouncementCalls {
  /** Newest first. */
  list(): Promise<readonly AnnouncementRow[]>;
  create(form: AnnouncementForm): Promise<void>;
  /** Before its time. @throws AppError "not-found" when it is over */
  end(id: AnnouncementId): Promise<void>;
}

export const createAnnouncementCalls = (api: Api): AnnouncementCalls => ({
  list: async () => (await api.get(PATH, announcementsAnswer)).announcements,
  create: (form) => api.send("POST", PATH, form),
  end: (id) => api.send("DELETE", `${PATH}/${id}`, {}),
});
