import { type MessageId, newId } from "@/lib/base/ids";
import type { MessengerState } from "@/lib/client/model";
import { NO_NOTES, type Notes } from "@/lib/client/model-notes";

/** Notes that are kept as long as the page. */
export function createDemoNotes(
  getState: () => MessengerState,
  change: (parts: Partial<MessengerState>) => void,
): Notes {
  const update: Notes["update"] = async (conversation, changeNotes) => {
    const { notes } = getState();
    change({ notes: new Map(notes).set(conversation, changeNotes(notes.get(conversation) ?? NO_NOTES)) });
  };
  return {
    drafts: {
      read: async (conversation) => getState().notes.get(conversation)?.draft?.text ?? "",
      keep: (conversation, text) =>
        update(conversation, (notes) => ({ ...notes, draft: { text, at: Date.now() } })),
    },
    scheduling: {
      add: (conversation, content, at) =>
        update(conversation, (notes) => ({
          ...notes,
          scheduled: [...notes.scheduled, { id: newId<MessageId>(), content, at }],
        })),
      async remove(conversation, message) {
        await update(conversation, (notes) => ({
          ...notes,
          scheduled: notes.scheduled.filter(({ id }) => id !== message),
        }));
        return true;
      },
      sendNow: async () => {},
    },
    update,
    starred: async () => [],
    updateSettings: async (changeSettings) => change({ settings: changeSettings(getState().settings) }),
  };
}
