import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/** About 64 MiB and a fraction of a second for one guess at the passphrase. */
const COST = { N: 2 ** 16, r: 8, p: 1 } as const;
const MEMORY = 128 * 1024 * 1024;
const KEY_BYTES = 32;
const PURPOSE = Buffer.from('lookout-cameras 1');

const bytes = (length: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').byteLength === length, {
    message: `must be ${String(length)} bytes`,
  });

/** Secrets under a passphrase, as they stand in a file: scrypt makes the key of AES-256-GCM. */
export const sealedBoxSchema = z.strictObject({
  cipher: z.literal('aes-256-gcm'),
  key: z.strictObject({
    from: z.literal('scrypt'),
    // Fixed, so that a file cannot ask for all the memory there is.
    N: z.literal(COST.N),
    r: z.literal(COST.r),
    p: z.literal(COST.p),
    salt: bytes(16),
  }),
  iv: bytes(12),
  tag: bytes(16),
  data: z.base64(),
});

export type SealedBox = z.infer<typeof sealedBoxSchema>;

/** Nothing that the passphrase opens: another one was used, or the box was changed. */
export class WrongPassphrase extends Error {
  constructor() {
    super('does not open the secrets: it is another one, or the file was changed');
  }
}

/** Seals a text. No two boxes are alike. */
export async function seal(text: string, passphrase: string): Promise<SealedBox> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv).setAAD(PURPOSE);
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    cipher: 'aes-256-gcm',
    key: { from: 'scrypt', ...COST, salt: salt.toString('base64') },
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** @throws WrongPassphrase */
export async function unseal(box: SealedBox, passphrase: string): Promise<string> {
  const key = await keyOf(passphrase, Buffer.from(box.key.salt, 'base64'));
  const iv = Buffer.from(box.iv, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  decipher.setAAD(PURPOSE).setAuthTag(Buffer.from(box.tag, 'base64'));
  const data = decipher.update(Buffer.from(box.data, 'base64'));
  try {
    return Buffer.concat([data, decipher.final()]).toString('utf8');
  } catch {
    throw new WrongPassphrase();
  }
}

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const text = passphrase.normalize('NFC');
    scrypt(text, salt, KEY_BYTES, { ...COST, maxmem: MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
