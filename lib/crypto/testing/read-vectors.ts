import { readFile } from "node:fs/promises";
import { VECTOR_FILES, type Vectors } from "./vectors.ts";

/** Reads the published vectors; null, said aloud, where the folder is missing. Node only. */
export async function readVectors(): Promise<Vectors | null> {
  const folder = process.env.VECTORS_DIR ?? new URL("../../../../shared/vectors", import.meta.url).pathname;
  try {
    const files = await Promise.all(
      VECTOR_FILES.map(async (name) => [name, JSON.parse(await readFile(`${folder}/${name}.json`, "utf8"))]),
    );
    return Object.fromEntries(files) as Vectors;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    process.stderr.write(`SKIPPED published vectors: ${folder} is missing\n`);
    return null;
  }
}
