import type { Pool } from "mariadb";

/** What a statement is answered with, and how many rows of an index were looked at for it. */
export async function queryCost(
  pool: Pool,
  sql: string,
  values: readonly unknown[],
): Promise<{ plan: { table: string; key: string; Extra: string }[]; read: number }> {
  const connection = await pool.getConnection();
  try {
    const plan = await connection.query(`EXPLAIN ${sql}`, [...values]);
    const readSoFar = async (): Promise<number> => {
      const rows: { Value: string }[] = await connection.query(
        "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_prev')",
      );
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    const before = await readSoFar();
    await connection.query(sql, [...values]);
    return { plan, read: (await readSoFar()) - before };
  } finally {
    await connection.release();
  }
}
