import { join } from 'node:path';
import { newCameraSchema } from '@lookout/contracts';
import { Keyring } from '../secrets/keyring.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { openDatabase } from './open-database.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';

// Makes and changes cameras until it is killed, and says of each write when it is kept.
const [, , folder = ''] = process.argv;
const database = await openDatabase(join(folder, 'lookout.db'));
const vault = new SourceVault(new Keyring(join(folder, 'secrets.key')));
const cameras = new SqliteCamerasRepository(database, vault);
const at = new Date(0).toISOString();

for (let number = (await cameras.list()).length; ; number += 1) {
  const id = `camera-${String(number)}`;
  const settings = newCameraSchema.parse({
    name: id,
    source: { type: 'rtsp', url: `rtsp://user:secret-${String(number)}@10.0.0.5/` },
  });
  const camera = { id, ...settings, version: 1, createdAt: at, updatedAt: at };
  await cameras.insert(camera);
  process.stdout.write(`${id} 1\n`);
  await cameras.replace({ ...camera, name: `${id} changed`, version: 2 }, 1);
  process.stdout.write(`${id} 2\n`);
}
