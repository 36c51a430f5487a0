import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { resealWebhooks } from '../database/reseal-webhooks.ts';
import { SqliteWebhooksRepository } from '../database/sqlite-webhooks.repository.ts';
import { Keyring } from './keyring.ts';
import { WebhookVault } from './webhook-vault.ts';

const SECRETS = [{ secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==', until: null }];

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-vault-'));
  file = join(folder, 'secrets.key');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('WebhookVault', () => {
  it('opens for the webhook that it closed for, and for no other', () => {
    const vault = new WebhookVault(new Keyring(file));
    const kept = vault.close('w', SECRETS);
    expect(kept).not.toContain('MDEyMzQ1');
    expect(vault.open('w', kept)).toEqual(SECRETS);
    expect(vault.open('other', kept)).toBeUndefined();
    expect(new WebhookVault(new Keyring(join(folder, 'none'))).open('w', kept)).toBeUndefined();
  });

  it('is closed anew at a start with a new key, after which the old one may go', async () => {
    const database = await openDatabase(join(folder, 'lookout.db'));
    const read = (vault: WebhookVault) => new SqliteWebhooksRepository(database, vault).find('w');
    await new SqliteWebhooksRepository(database, new WebhookVault(new Keyring(file))).insert({
      ...{ id: 'w', url: 'http://127.0.0.1/', types: ['event.ended'], cameraIds: null },
      ...{ labels: null, enabled: true, disabledReason: null, secrets: SECRETS },
      ...{ createdAt: 0, updatedAt: 0 },
    });
    const old = await readFile(file, 'utf8');
    const key = `${Buffer.alloc(32, 1).toString('base64url')}\n`;
    await writeFile(file, key + old);
    await resealWebhooks(database, new WebhookVault(new Keyring(file)));
    await writeFile(file, key);
    expect(await read(new WebhookVault(new Keyring(file)))).toMatchObject({ secrets: SECRETS });
    await writeFile(file, old);
    expect(await read(new WebhookVault(new Keyring(file)))).toMatchObject({ secrets: null });
    await database.destroy();
  });
});
