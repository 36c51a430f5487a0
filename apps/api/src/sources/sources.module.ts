import { dropProxyExceptions, type Config } from '@lookout/config';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG } from '../tokens.ts';
import { AddressRules } from './address-rules.ts';
import { EgressProxy } from './egress-proxy.ts';
import { HostNames } from './host-names.ts';
import { MediaFiles } from './media-files.ts';
import { SourceChecks } from './source-checks.ts';
import { SourceInputs } from './source-inputs.ts';

/** What sources may be, and how ffmpeg reaches them. */
@Module({
  providers: [
    HostNames,
    MediaFiles,
    SourceChecks,
    SourceInputs,
    {
      provide: AddressRules,
      useFactory: (config: Config) => new AddressRules(config.allowedHosts),
      inject: [CONFIG],
    },
    { provide: EgressProxy, useFactory: openProxy, inject: [AddressRules, HostNames] },
  ],
  exports: [SourceChecks, SourceInputs, AddressRules, HostNames],
})
export class SourcesModule implements OnApplicationShutdown {
  constructor(private readonly proxy: EgressProxy) {}

  async onApplicationShutdown(): Promise<void> {
    await this.proxy.close();
  }
}

async function openProxy(rules: AddressRules, names: HostNames): Promise<EgressProxy> {
  // With these ffmpeg would go past the proxy.
  dropProxyExceptions();
  const proxy = new EgressProxy(rules, names);
  await proxy.listen();
  return proxy;
}
