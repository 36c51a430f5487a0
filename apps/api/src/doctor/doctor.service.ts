import { performance } from 'node:perf_hooks';
import { loadavg } from 'node:os';
import { type Clock, sleep } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { maySee, type Principal } from '../access/principal.ts';
import { CaptureService } from '../capture/capture.service.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { DatabaseHealth } from '../health/database-health.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK } from '../tokens.ts';
import { CameraExaminer } from './camera-examiner.ts';
import { loadBetween, type ProcessTimes, readTimes } from './decoder-meter.ts';
import { diagnoseCameras } from './diagnosis/diagnose.ts';
import { diagnoseSystem } from './diagnosis/diagnose-system.ts';
import type { CameraFacts, SystemFacts } from './diagnosis/facts.ts';
import { DiskMeter } from './disk-meter.ts';
import type { DoctorReport } from './doctor-report.ts';
import { busyBetween, readMemory, readProcessor } from './host-meter.ts';
import { RedisMeter } from './redis-meter.ts';

/** What takes time, processors and decoders, is watched for this long, in ms. */
const LOOK_MS = 1000;

/** Everything that was seen in one examination. */
interface Examination {
  readonly checkedAt: number;
  readonly load1: number;
  readonly cameras: readonly CameraFacts[];
  readonly system: SystemFacts;
}

/** Examines everything when asked, which takes a second, and says what limits each camera. */
@Injectable()
export class DoctorService {
  #examining: Promise<Examination> | null = null;

  constructor(
    private readonly examiner: CameraExaminer,
    private readonly cameras: CameraWatch,
    private readonly captures: CaptureService,
    private readonly workers: WorkerWatch,
    private readonly redis: RedisMeter,
    private readonly disk: DiskMeter,
    private readonly database: DatabaseHealth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of the cameras that are there for the caller; whoever asks meanwhile shares the examination. */
  async report(caller: Pick<Principal, 'cameraIds'>): Promise<DoctorReport> {
    this.#examining ??= this.#examine().finally(() => {
      this.#examining = null;
    });
    const { checkedAt, load1, cameras, system } = await this.#examining;
    const seen = cameras.filter(({ cameraId }) => maySee(caller, cameraId));
    const limited = caller.cameraIds !== null;
    return {
      checkedAt: new Date(checkedAt).toISOString(),
      host: limited ? null : hostOf(system, load1),
      cameras: diagnoseCameras(seen, system),
      findings: limited ? null : diagnoseSystem(seen, system),
    };
  }

  async #examine(): Promise<Examination> {
    const processor = readProcessor();
    const api = performance.eventLoopUtilization();
    const before = await this.#decoders();
    const [redis, disk, database] = await Promise.all([
      this.redis.read(),
      this.disk.read(),
      this.database.read(),
      this.workers.ask(),
      sleep(this.clock, LOOK_MS),
    ]);
    const after = await this.#decoders();
    const loads = (cameraId: string) =>
      loadBetween(before.get(cameraId) ?? null, after.get(cameraId) ?? null);
    const { workers } = this.workers.known;
    return {
      checkedAt: this.clock.now(),
      load1: loadavg()[0] ?? 0,
      cameras: this.examiner.examine(loads),
      system: {
        ...(await readMemory()),
        processorBusy: busyBetween(processor, readProcessor()),
        apiBusy: performance.eventLoopUtilization(api).utilization,
        redis,
        workers,
        disk: {
          ...disk,
          fault: disk.fault ?? (database.state === 'failed' ? 'the database fails' : null),
        },
      },
    };
  }

  async #decoders(): Promise<ReadonlyMap<string, ProcessTimes | null>> {
    const readings = Array.from(this.cameras.all(), async ({ camera: { id } }) => {
      const pid = this.captures.decoderPid(id);
      const times = pid === undefined ? null : await readTimes(pid, this.clock.monotonic());
      return [id, times] as const;
    });
    return new Map(await Promise.all(readings));
  }
}

function hostOf(system: SystemFacts, load1: number): DoctorReport['host'] {
  const { cores, processorBusy, apiBusy, memoryBytes, memoryAvailableBytes, disk } = system;
  return {
    cores,
    load1,
    processorBusy,
    apiBusy,
    memoryBytes,
    memoryAvailableBytes,
    diskBytes: disk.bytes,
    diskFreeBytes: disk.freeBytes,
  };
}
