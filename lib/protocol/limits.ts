/** A sign-in name, lower case: letters a to z and digits, with dots, dashes and underscores between them. */
export const ACCOUNT_NAME_SHAPE = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** Every size, count and period that both sides must agree on. Sizes are bytes unless the name says otherwise. */
export const LIMITS = {
  /** One WebSocket frame; the envelope inside is a little smaller. */
  frameBytes: 64 * 1024,
  /** Plain text of one message, in UTF-16 code units, as a composer counts them. */
  messageChars: 12_000,
  /** People named in one message. */
  mentions: 50,
  /** One emoji with its modifiers and joiners. */
  reactionChars: 32,
  /** Different ones by one person at one message. */
  reactionsEach: 20,
  /** Edits, reactions and votes that one deletion takes along. */
  deletedAlong: 1_000,
  /** Messages in one request to erase; a deletion and all that goes with it. */
  erasures: 1_001,
  /** Files of one message; with their previews, which are files of their own. */
  files: 10,
  filesAttached: 20,
  /** In one request of an upload. */
  uploadBytes: 4 * 1024 * 1024,
  /** The largest that any server lets through: what is inside. */
  fileBytes: 2_048 * 1024 * 1024,
  fileNameChars: 255,
  mediaTypeChars: 127,
  /** The longer side of a preview in pixels, and what is inside it. */
  previewSide: 640,
  previewBytes: 128 * 1024,
  pollQuestionChars: 300,
  pollOptions: 12,
  pollOptionChars: 120,
  roomNameChars: { min: 1, max: 64 },
  roomTopicChars: 250,
  roomMembers: 1_000,
  /** In a larger room positions are told to one's own browsers alone; the others are asked for. */
  receiptMembers: 100,
  /** Whose presence one socket hears of. */
  watchedPeople: 200,
  /** From whom one keeps one's presence. */
  hiddenFrom: 1_000,
  /** Who writes says so this often at most, and is believed for this long. */
  typingEverySeconds: 3,
  typingSeconds: 6,
  /** Messages that a room's profile points out, and links that lead into it. */
  roomPins: 50,
  roomInvitations: 20,
  /** What somebody says to a report, in UTF-16 code units, and the messages around it that they may show. */
  reportNoteChars: 1_000,
  reportAround: 5,
  /** A sealed report. */
  reportBytes: 448 * 1024,
  /** Who gets one report. */
  reportRecipients: 50,
  /** Boxes stored with one record: one for each member, or several for each newcomer who may read all. */
  boxesOfRecord: 2_400,
  /** Whose public keys are asked for in one request. */
  peopleAtOnce: 200,
  httpBodyBytes: 256 * 1024,
  accountNameChars: { min: 2, max: 32 },
  displayNameChars: { min: 1, max: 64 },
  statusChars: 120,
  emailChars: 254,
  /** What an administrator writes beside an invitation to the server. */
  invitationNoteChars: 120,
  /** Of one's own picture: a square of this many pixels. */
  pictureSide: 256,
  pictureBytes: 64 * 1024,
  deviceNameChars: 120,
  passwordChars: { min: 10, max: 256 },
  searchChars: { min: 1, max: 64 },
  searchResults: 20,
  historyPage: 50,
  vaultEntryBytes: 64 * 1024,
  /** Entries asked for by their ids. */
  vaultEntriesAtOnce: 50,
  recordBytes: 64 * 1024,
  /** Conversations left with a signed record when an account is deleted. */
  departures: 3_000,
  socketsPerSession: 5,
} as const;
