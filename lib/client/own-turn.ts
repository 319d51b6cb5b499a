/** What the server has for each of so many: a room of a thousand asks for a record within five seconds. */
const MS_FOR_EACH = 5;

/**
 * Resolves when it is this browser's turn to ask for what very many were told of in one moment.
 * @param audience how many, where the server says so; else it is at once
 */
export async function ownTurn(audience = 0): Promise<void> {
  if (audience > 0)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * audience * MS_FOR_EACH));
}
