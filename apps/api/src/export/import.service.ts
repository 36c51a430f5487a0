import {
  type Camera,
  cameraIdSchema,
  type NewCamera,
  newCameraSchema,
  type Source,
} from '@lookout/contracts';
import { ConflictException, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CamerasService } from '../cameras/cameras.service.ts';
import { type InputError, InvalidInput } from '../http/invalid-input.ts';
import { ModelsService } from '../models/models.service.ts';
import { SourceChecks } from '../sources/source-checks.ts';
import { readCameraFile, secretsSchema } from './camera-file.ts';
import type { ImportReport } from './import-report.ts';
import { type SealedBox, unseal, WrongPassphrase } from './sealed-box.ts';

export interface ImportWishes {
  readonly dryRun: boolean;
  /** What becomes of a camera whose id is taken. */
  readonly existing: 'skip' | 'replace';
  readonly passphrase?: string | undefined;
}

/** A camera of the file that can be taken over. */
interface Plan {
  readonly outcome: 'created' | 'replaced' | 'skipped';
  readonly id: string | undefined;
  readonly wanted: NewCamera;
}

/** A camera of the file that cannot. */
interface Fault {
  readonly outcome: 'invalid';
  readonly id: string | undefined;
  readonly errors: readonly InputError[];
}

type Secrets = Readonly<Record<string, Source>>;

const withIdSchema = z.looseObject({ id: cameraIdSchema.optional() });

/** Takes over the cameras of a file: all are looked at before the first is touched. */
@Injectable()
export class ImportService {
  constructor(
    private readonly cameras: CamerasService,
    private readonly sources: SourceChecks,
    private readonly models: ModelsService,
  ) {}

  /** @throws InvalidInput for a file that cannot be read, and unless `dryRun` for every bad camera */
  async import(text: string, wishes: ImportWishes): Promise<ImportReport> {
    const file = readCameraFile(text);
    const secrets = await secretsOf(file.secrets, wishes.passphrase);
    const plans = await this.#planAll(file.cameras, secrets, wishes);
    const faults = plans.flatMap((plan, index) =>
      plan.outcome === 'invalid' ? plan.errors.map((error) => below(index, error)) : [],
    );
    if (!wishes.dryRun && faults.length > 0) throw new InvalidInput(faults);
    const report = [];
    for (const plan of plans) report.push(await this.#follow(plan, wishes.dryRun));
    return { dryRun: wishes.dryRun, cameras: report };
  }

  async #planAll(
    entries: readonly unknown[],
    secrets: Secrets,
    wishes: ImportWishes,
  ): Promise<(Plan | Fault)[]> {
    const known = new Map((await this.cameras.list()).map((camera) => [camera.id, camera]));
    const plans: (Plan | Fault)[] = [];
    const named = new Set<string>();
    for (const entry of entries) {
      const plan = await this.#plan(entry, secrets, known, wishes);
      const { id } = plan;
      const isTwice = id !== undefined && named.has(id);
      if (id !== undefined) named.add(id);
      const twice = [{ path: 'id', message: 'is in the file twice' }];
      plans.push(isTwice ? { outcome: 'invalid', id, errors: twice } : plan);
    }
    return plans;
  }

  async #plan(
    entry: unknown,
    secrets: Secrets,
    known: ReadonlyMap<string, Camera>,
    { existing }: ImportWishes,
  ): Promise<Plan | Fault> {
    const named = withIdSchema.safeParse(entry);
    if (!named.success) return fault(undefined, InvalidInput.of(named.error));
    const { id, ...settings } = named.data;
    const parsed = newCameraSchema.safeParse(settings);
    if (!parsed.success) return fault(id, InvalidInput.of(parsed.error));
    const stored = id === undefined ? undefined : known.get(id);
    const sealed = id !== undefined && Object.hasOwn(secrets, id) ? secrets[id] : undefined;
    try {
      const source = await this.sources.accept(parsed.data.source, sealed ?? stored?.source);
      await this.models.check(parsed.data.detection, stored?.detection);
      const outcome =
        stored === undefined ? 'created' : existing === 'replace' ? 'replaced' : 'skipped';
      return { outcome, id, wanted: { ...parsed.data, source } };
    } catch (error) {
      if (error instanceof InvalidInput) return fault(id, error);
      throw error;
    }
  }

  async #follow(plan: Plan | Fault, dryRun: boolean): Promise<ImportReport['cameras'][number]> {
    const { id, outcome } = plan;
    if (outcome === 'invalid') return { id: id ?? null, outcome, errors: [...plan.errors] };
    if (dryRun || outcome === 'skipped') return { id: id ?? null, outcome, errors: [] };
    try {
      const made =
        outcome === 'replaced' && id !== undefined
          ? await this.cameras.change(id, plan.wanted, undefined)
          : await this.cameras.create(plan.wanted, id);
      return { id: made.id, outcome, errors: [] };
    } catch (error) {
      // Somebody else made a camera of this id just now.
      if (!(error instanceof ConflictException)) throw error;
      return { id: id ?? null, outcome: 'skipped', errors: [] };
    }
  }
}

async function secretsOf(
  box: SealedBox | undefined,
  passphrase: string | undefined,
): Promise<Secrets> {
  if (passphrase === undefined) return {};
  if (box === undefined) throw refusal('is of no use: the file holds no secrets');
  try {
    return secretsSchema.parse(JSON.parse(await unseal(box, passphrase)));
  } catch (error) {
    if (error instanceof WrongPassphrase) throw refusal(error.message);
    throw error;
  }
}

function refusal(message: string): InvalidInput {
  return new InvalidInput([{ path: 'passphrase', message }]);
}

function fault(id: string | undefined, { errors }: InvalidInput): Fault {
  return { outcome: 'invalid', id, errors };
}

function below(index: number, { path, message }: InputError): InputError {
  return {
    path: ['cameras', String(index), path].filter((part) => part !== '').join('.'),
    message,
  };
}
