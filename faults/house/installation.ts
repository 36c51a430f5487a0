import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hangingModel } from './hanging-model.ts';

const COPIED = ['apps', 'libs', 'tools', 'dist', 'nx.json', 'package.json', 'package-lock.json'];
const INPUT = 64;

/** Models that the copy has besides the catalog's. */
export const HANGING = 'hanging';
export const TRUNCATED = 'truncated';

interface CatalogFile {
  default: string;
  models: { id: string; sha256: string; input: number }[];
}

/**
 * A copy of this checkout as it was built, so that models can be spoilt without spoiling anybody's:
 * `npm start` runs in it as in any other.
 */
export class Installation {
  readonly root: string;
  /** File of the model that is used when none is named. */
  readonly modelFile: string;

  private constructor(root: string, model: string) {
    this.root = root;
    this.modelFile = join(root, 'models', model, 'model.onnx');
  }

  static async copyOf(checkout: string): Promise<Installation> {
    const root = await mkdtemp(join(tmpdir(), 'lookout-copy-'));
    process.once('exit', () => {
      rmSync(root, { recursive: true, force: true });
    });
    for (const name of [...COPIED, 'tsconfig.base.json']) {
      await cp(join(checkout, name), join(root, name), {
        recursive: true,
        filter: (path) => !path.endsWith('node_modules'),
      });
    }
    await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'));
    const text = await readFile(join(checkout, 'models/catalog.json'), 'utf8');
    const catalog = JSON.parse(text) as CatalogFile;
    const entry = catalog.models.find(({ id }) => id === catalog.default);
    if (entry === undefined) throw new Error('the catalog has no default model');
    const place = async (id: string, bytes: Uint8Array) => {
      await mkdir(join(root, 'models', id), { recursive: true });
      await writeFile(join(root, 'models', id, 'model.onnx'), bytes);
    };
    const whole = await readFile(join(checkout, 'models', entry.id, 'model.onnx'));
    const hanging = hangingModel(INPUT);
    await place(entry.id, whole);
    await place(TRUNCATED, whole.subarray(0, whole.length >> 1));
    await place(HANGING, hanging);
    const sha256 = createHash('sha256').update(hanging).digest('hex');
    catalog.models.push(
      { ...entry, id: TRUNCATED },
      { ...entry, id: HANGING, sha256, input: INPUT },
    );
    await writeFile(join(root, 'models/catalog.json'), JSON.stringify(catalog));
    return new Installation(root, entry.id);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
