import { AUDIT_ACTIONS, type AuditEntry } from '@lookout/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditRepository } from '../audit/audit.repository.ts';
import type { Database } from './open-database.ts';

/** How many entries are kept. */
interface Bounds {
  /** In all. */
  readonly entries: number;
  /** Refusals among them: anybody can cause these, and must not wash the rest away. */
  readonly refusals: number;
}

const BOUNDS: Bounds = { entries: 10_000, refusals: 1000 };

const actionSchema = z.enum(AUDIT_ACTIONS);
const fieldsSchema = z.array(z.string());

/** The audit log in SQLite. */
export class SqliteAuditRepository implements AuditRepository {
  readonly #database: Database;
  readonly #bounds: Bounds;

  constructor(database: Database, bounds = BOUNDS) {
    this.#database = database;
    this.#bounds = bounds;
  }

  async add({
    at,
    action,
    subject,
    actor,
    address,
    fields,
  }: Omit<AuditEntry, 'id'>): Promise<void> {
    const values = {
      at: Date.parse(at),
      action,
      subject,
      tokenId: actor?.tokenId ?? null,
      name: actor?.name ?? null,
      address,
      fields: JSON.stringify(fields),
    };
    const { entries, refusals } = this.#bounds;
    const [refused, most] = action.endsWith('.refused') ? [1, refusals] : [0, entries - refusals];
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.insertInto('audit').values(values).execute();
      // The newest of each kind stay: all but these are deleted.
      await sql`
        delete from audit
        where (action like '%.refused') = ${refused}
          and id <= (
            select id from audit where (action like '%.refused') = ${refused}
            order by id desc limit 1 offset ${most}
          )`.execute(transaction);
    });
  }

  async list(before: number, limit: number): Promise<AuditEntry[]> {
    const rows = await this.#database
      .selectFrom('audit')
      .selectAll()
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, at, action, subject, tokenId, name, address, fields }) => ({
      id,
      at: new Date(at).toISOString(),
      action: actionSchema.parse(action),
      subject,
      actor: tokenId === null ? null : { tokenId, name: name ?? '' },
      address,
      fields: fieldsSchema.parse(JSON.parse(fields)),
    }));
  }
}
