/** Sizes, counts and periods that the server alone holds itself to. Sizes are bytes unless the name says otherwise. */
export const SERVER_LIMITS = {
  /** Of one person, that no message holds yet. */
  looseFiles: 500,
  /** How long an upload may take, and how long a whole file waits for its message. */
  uploadHours: 24,
  looseFileDays: 7,
  /** Of more who are told of the same at once, each waits a moment before asking for it. */
  atOnce: 100,
  /** Rooms in one answer of the directory. */
  directoryRooms: 50,
  /** Who waits to be let into one room, and where one person waits; for this long. */
  joinersOfRoom: 200,
  joinsOfAccount: 20,
  joinRequestDays: 30,
  /** What moderators did, in one answer. */
  moderationEvents: 200,
  /** A report with its boxes, as JSON; what one account may report in a day. */
  reportBodyBytes: 768 * 1024,
  reportsADay: 20,
  /** Reports in one answer. */
  reportsPage: 20,
  /** How long a report is kept: once somebody has decided, and at most. */
  reportDecidedDays: 90,
  reportDays: 365,
  /** A record with its boxes and a profile, as JSON. */
  recordBodyBytes: 4 * 1024 * 1024,
  /** In UTF-8. */
  passwordBytes: 1024,
  /** Messages fetched in one request when a gap is filled. */
  gapPage: 200,
  /** The records by which an account leaves, as JSON. */
  deletionBodyBytes: 4 * 1024 * 1024,
  /** A slow reader's unsent bytes before it is closed; it resumes from what it has. */
  socketBufferBytes: 1024 * 1024,
  /** How long a browser that asks to be linked may be answered. */
  linkSeconds: 120,
  /** Between two pings of a socket. */
  pingSeconds: 30,
  /** Frames that one socket may send at once. */
  frameBurst: 200,
  /** What all sockets of one account may send together, in frames of so many sockets: in the long run, and at once. */
  accountPace: 2,
  accountBurst: 5,
} as const;
