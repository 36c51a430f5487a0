import type { Config } from '@lookout/config';
import { openFrameTraces } from '@lookout/frame-traces';
import { Logger, Module } from '@nestjs/common';
import { CONFIG, FRAME_TRACES, HOST_ID } from '../tokens.ts';
import { FrameTracing } from './frame-tracing.ts';

/** What is told of single frames to whoever collects traces. */
@Module({
  providers: [
    {
      provide: FRAME_TRACES,
      useFactory: ({ traces }: Config, instance: string) => {
        const log = new Logger('Traces');
        return openFrameTraces(traces, { name: 'lookout-api', instance }, (words) => {
          log.warn(`Traces cannot be exported: ${words}`);
        });
      },
      inject: [CONFIG, HOST_ID],
    },
    FrameTracing,
  ],
  exports: [FrameTracing],
})
export class TelemetryModule {}
