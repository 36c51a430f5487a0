import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readKeys, writeFirstKey } from './key-file.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A text that only who has the key can read, or change without being found out. */
export interface SealedText {
  /** Id of the key. */
  readonly key: string;
  /** Nonce, tag and ciphertext, as base64url. */
  readonly box: string;
}

/** The keys of an installation: the first seals, every one opens. */
export class Keyring {
  readonly #file: string;
  readonly #keys = new Map<string, Buffer>();

  /**
   * @param file - one key a line; made when something is to be sealed first
   * @throws ConfigError when the file cannot be trusted or read
   */
  constructor(file: string) {
    this.#file = file;
    this.#read();
  }

  /** Id of the key that seals; `undefined` while there is none. */
  get first(): string | undefined {
    const [id] = this.#keys.keys();
    return id;
  }

  /** @param context - what the text belongs to; it opens for no other */
  seal(text: string, context: string): SealedText {
    // A person may have put the file back meanwhile: it must not be written over.
    if (this.#keys.size === 0) this.#read();
    if (this.#keys.size === 0) {
      const key = writeFirstKey(this.#file);
      this.#keys.set(idOf(key), key);
    }
    const [[id, key] = []] = this.#keys;
    if (id === undefined || key === undefined) throw new Error('There is no key to seal with');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const box = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    return { key: id, box: box.toString('base64url') };
  }

  /** @returns `undefined` when the key is not here, or the text was changed or moved */
  open({ key: id, box }: SealedText, context: string): string | undefined {
    const key = this.#keys.get(id);
    const bytes = Buffer.from(box, 'base64url');
    if (key === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    try {
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
      const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]);
      return text.toString('utf8');
    } catch {
      return undefined;
    }
  }

  #read(): void {
    for (const key of readKeys(this.#file)) this.#keys.set(idOf(key), key);
  }
}

function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
