import type { Config } from '@lookout/config';
import type { DetectionSettings, Model } from '@lookout/contracts';
import { type Catalog, inspectModel, ModelError, readCatalog } from '@lookout/model-catalog';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { InvalidInput } from '../http/invalid-input.ts';
import { CONFIG, MODELS_FOLDER } from '../tokens.ts';
import { labelFaults, newLabels } from './label-faults.ts';

/** Which models there are. The catalog is read each time: it may grow while Lookout runs. */
@Injectable()
export class ModelsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(MODELS_FOLDER) private readonly folder: string,
    private readonly workers: WorkerWatch,
  ) {}

  async list(): Promise<Model[]> {
    const { defaultId, models } = await this.#catalog();
    const inMemory = new Set(this.workers.known.workers?.flatMap((worker) => worker.models));
    const list: Model[] = [];
    for (const model of models) {
      const { id, title, input, labels, licence } = model;
      list.push({
        ...{ id, title, input, labels: [...labels], licence: { ...licence } },
        // A file that cannot be read is of no more use than none.
        installed: inMemory.has(id) || (await inspectModel(model).catch(() => null)) === 'ready',
        isDefault: id === (this.config.model ?? defaultId),
      });
    }
    return list;
  }

  /**
   * Looks whether a camera may name this model, and these labels. What it names already may have left
   * the catalog: that is no reason to refuse a change of something else.
   * @throws InvalidInput when the catalog does not have the model, or the model not a label
   */
  async check(wanted: DetectionSettings, before?: DetectionSettings): Promise<void> {
    const sameModel = wanted.model === before?.model;
    const namesModel = wanted.model !== null && !sameModel;
    const labels = newLabels(wanted, sameModel ? before : undefined);
    if (!namesModel && labels.length === 0) return;
    const { defaultId, models } = await this.#catalog();
    const idOf = ({ model }: DetectionSettings) => model ?? this.config.model ?? defaultId;
    const model = models.find(({ id }) => id === idOf(wanted));
    if (model === undefined && namesModel) {
      const ids = models.map(({ id }) => id).join(', ');
      const message = `there is no model "${idOf(wanted)}"; the catalog has ${ids}`;
      throw new InvalidInput([{ path: 'detection.model', message }]);
    }
    if (model === undefined) return;
    // The default may be what the camera names now, or named before.
    const kept = before !== undefined && idOf(before) === model.id ? before : undefined;
    const faults = labelFaults(newLabels(wanted, kept), model);
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  async #catalog(): Promise<Catalog> {
    try {
      return await readCatalog(this.folder);
    } catch (error) {
      if (error instanceof ModelError) throw new ServiceUnavailableException(error.message);
      throw error;
    }
  }
}
