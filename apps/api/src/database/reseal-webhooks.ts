import type { WebhookVault } from '../secrets/webhook-vault.ts';
import type { Database } from './open-database.ts';

/** Seals the secrets of webhooks anew that are sealed with a key that is no longer the first. */
export async function resealWebhooks(database: Database, vault: WebhookVault): Promise<void> {
  const rows = await database.selectFrom('webhooks').select(['id', 'secrets']).execute();
  for (const { id, secrets } of rows) {
    const opened = vault.isStale(secrets) ? vault.open(id, secrets) : undefined;
    if (opened === undefined) continue;
    await database
      .updateTable('webhooks')
      .set({ secrets: vault.close(id, opened) })
      .where('id', '=', id)
      .execute();
  }
}
