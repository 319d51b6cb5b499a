/** A reason not to start, told to the operator: the message is a whole sentence that says what to do. */
export class BootError extends Error {
  override readonly name = "BootError";
}
